using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using static Medatarun.Server.Tests.Support.Refreshing;

namespace Medatarun.Server.Tests;

public sealed class RefreshLimitTests
{
    [Fact]
    public async Task A_session_that_is_not_refreshed_ends_at_its_idle_limit()
    {
        var (server, _, john) = await StartAsync(options => options.RefreshTokenLifetime = TimeSpan.FromDays(7));
        await using var __ = server;
        var ends = server.Clock.GetUtcNow().AddDays(90);
        Assert.Equal(server.Clock.GetUtcNow().AddDays(7), (await OnlySessionAsync(server, john)).GetProperty("expires_at").GetDateTimeOffset());
        server.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));

        var refreshed = (await server.RefreshAsync(john)).Ok();

        var session = await OnlySessionAsync(server, refreshed);
        Assert.Equal(server.Clock.GetUtcNow().AddDays(7), session.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(ends, session.GetProperty("ends_at").GetDateTimeOffset());
        Assert.True(session.GetProperty("offline").GetBoolean());
        Assert.Equal(server.Clock.GetUtcNow(), session.GetProperty("last_used_at").GetDateTimeOffset());
        server.Clock.Advance(TimeSpan.FromDays(7));
        (await server.RefreshAsync(refreshed)).Refused(400, "invalid_grant");
    }

    [Fact]
    public async Task No_refresh_moves_the_absolute_limit_and_no_access_token_passes_it()
    {
        var (server, _, john) = await StartAsync(options =>
        {
            options.RefreshTokenLifetime = TimeSpan.FromHours(3);
            options.SessionLifetime = TimeSpan.FromHours(4);
        });
        await using var __ = server;
        var ends = server.Clock.GetUtcNow().AddHours(4);
        server.Clock.Advance(TimeSpan.FromHours(2));
        var second = (await server.RefreshAsync(john)).Ok();
        Assert.Equal(3600, second.GetProperty("expires_in").GetInt64());
        Assert.Equal(ends, (await OnlySessionAsync(server, second)).GetProperty("expires_at").GetDateTimeOffset());
        server.Clock.Advance(TimeSpan.FromMinutes(90));

        var last = (await server.RefreshAsync(second)).Ok();

        Assert.Equal(1800, last.GetProperty("expires_in").GetInt64());
        Assert.Equal(ends, last.GetProperty("expires_at").GetDateTimeOffset());
        Assert.Equal(ends, new DateTimeOffset(new JsonWebToken(last.AccessToken()).ValidTo, TimeSpan.Zero));
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        (await server.As(last).CallAsync("whoami")).Refused(401, "token_expired");
        (await server.RefreshAsync(last)).Refused(400, "invalid_grant");
    }

    [Fact]
    public async Task An_access_token_ends_with_the_idle_limit_when_that_is_shorter()
    {
        var (server, _, john) = await StartAsync(options => options.RefreshTokenLifetime = TimeSpan.FromMinutes(5));
        await using var __ = server;

        Assert.Equal(300, john.GetProperty("expires_in").GetInt64());
        (await server.As(john).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await server.As(john).CallAsync("whoami")).Refused(401, "token_expired");
    }

    public static TheoryData<string> Endings => ["disable", "delete", "password", "logout", "revoke", "revoke_all"];

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Whatever_ends_the_session_ends_its_refresh_tokens_used_and_unused(string ending)
    {
        var (server, admin, john) = await StartAsync();
        await using var __ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        var user = new { username = "john.doe" };
        var end = ending switch
        {
            "disable" => admin.CallAsync("user_disable", user),
            "delete" => admin.CallAsync("user_delete", user),
            "password" => admin.CallAsync("user_change_password", new { username = "john.doe", password = "Rainy.Day.0123456" }),
            "logout" => server.As(refreshed).CallAsync("logout"),
            "revoke" => admin.CallAsync("session_revoke", new { id = new JsonWebToken(john.AccessToken()).GetClaim("sid").Value }),
            _ => admin.CallAsync("session_revoke_all", user),
        };
        (await end).Ok();

        var (used, unused) = (await server.RefreshAsync(john), await server.RefreshAsync(refreshed));

        used.Refused(400, "invalid_grant");
        unused.Refused(400, "invalid_grant");
        (await server.As(refreshed).CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(ending == "delete" ? "0" : "2", Count(server, "1 = 1"));
    }

    [Fact]
    public async Task Enabling_a_user_again_brings_no_refresh_token_back()
    {
        var (server, admin, john) = await StartAsync();
        await using var __ = server;
        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        (await admin.CallAsync("user_enable", new { username = "john.doe" })).Ok();

        (await server.RefreshAsync(john)).Refused(400, "invalid_grant");
    }

    [Fact]
    public async Task A_new_password_of_ones_own_ends_the_other_sessions_and_their_refresh_tokens()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var elsewhere = await server.SignInOfflineAsync("john.doe", Password);

        (await server.As(john).CallAsync("change_my_password", new { oldPassword = Password, newPassword = "Rainy.Day.0123456" })).Ok();

        (await server.RefreshAsync(elsewhere)).Refused(400, "invalid_grant");
        (await server.RefreshAsync(john)).Ok();
    }

    [Fact]
    public async Task A_new_access_token_says_the_roles_and_groups_of_today()
    {
        var (server, admin, john) = await StartAsync();
        await using var __ = server;
        (await admin.CallAsync("group_create", new { key = "operations" })).Ok();
        (await admin.CallAsync("group_add_member", new { groupRef = "operations", username = "john.doe" })).Ok();
        await admin.GiveOwnRoleAsync("john.doe", "user_read");

        var refreshed = (await server.RefreshAsync(john)).Ok();

        Assert.Equal("john.doe-role", refreshed.GetProperty("role").GetString());
        Assert.Equal("john.doe-role", new JsonWebToken(refreshed.AccessToken()).GetClaim("role").Value);
        Assert.Equal(["operations"], refreshed.GetProperty("user").GetProperty("groups").EnumerateArray().Select(group => group.GetString()));
    }

    [Theory]
    [InlineData(299, 7_776_000)]
    [InlineData(31_536_001, 7_776_000)]
    [InlineData(2_592_000, 299)]
    [InlineData(2_592_000, 31_536_001)]
    public async Task A_lifetime_out_of_range_stops_the_start(int refreshSeconds, int sessionSeconds)
    {
        var failure = await Assert.ThrowsAsync<MedatarunStartException>(() => TestServer.StartAsync(configure: options =>
        {
            options.RefreshTokenLifetime = TimeSpan.FromSeconds(refreshSeconds);
            options.SessionLifetime = TimeSpan.FromSeconds(sessionSeconds);
        }));

        Assert.Contains("between 300 and 31536000 seconds", failure.Message, StringComparison.Ordinal);
    }
}
