using System.Text.Json;
using Medatarun.Server.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Medatarun.Server.Tests;

public sealed class RevocationTests
{
    private const string Path = "/auth/revoke";
    private const string Password = "Sunny.Day.0123456";

    /// <summary>John, who signed in, and Anna, who may manage tokens.</summary>
    private static async Task<(TestServer Server, TestCaller Admin, JsonElement John, TestCaller Anna)> StartAsync()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CreateUserAsync("anna.kovacs", Password);
        await admin.GiveOwnRoleAsync("anna.kovacs", "token_manage");
        return (server, admin, await server.SignInOfflineAsync("john.doe", Password), await server.SignInAsync("anna.kovacs", Password));
    }

    private static IReadOnlyList<string> Records(TestServer server) => Database.Rows(
        server, "SELECT actor_name || ' ' || target || ' ' || outcome FROM audit_events WHERE operation = 'auth/token_revoke' ORDER BY sequence");

    public static TheoryData<string> Kinds => ["access token", "refresh token", "used refresh token"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Any_token_of_a_session_ends_it_with_all_its_tokens(string kind)
    {
        var (server, _, john, _) = await StartAsync();
        await using var __ = server;
        var elsewhere = await server.SignInAsync("john.doe", Password);
        var refreshed = (await server.RefreshAsync(john)).Ok();
        var token = kind switch
        {
            "access token" => john.AccessToken(),
            "refresh token" => refreshed.RefreshToken(),
            _ => john.RefreshToken(),
        };

        var answer = await elsewhere.FormAsync(Path, $"token={token}&token_type_hint=nonsense");

        Assert.Equal((200, "no-store"), (answer.Status, answer.Headers["Cache-Control"]));
        (await server.As(john).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(refreshed).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.RefreshAsync(refreshed)).Refused(400, "invalid_grant");
        (await elsewhere.CallAsync("whoami")).Ok();
        (await elsewhere.FormAsync(Path, $"token={token}")).Ok();
        var session = new JsonWebToken(john.AccessToken()).GetClaim("sid").Value;
        Assert.Equal([$"john.doe {session} ok", $"john.doe {session} ok"], Records(server));
    }

    [Fact]
    public async Task An_API_token_is_revoked_by_its_owner_and_by_itself()
    {
        var (server, _, john, _) = await StartAsync();
        await using var __ = server;
        var (first, second) = (await server.AsApiTokenAsync("john.doe"), await server.AsApiTokenAsync("john.doe"));
        (await first.CallAsync("whoami")).Ok();

        (await server.As(john).FormAsync(Path, $"token={first.Token}")).Ok();
        (await server.BasicAsync(Path, $"john.doe:{second.Token}", $"token={second.Token}")).Ok();

        (await first.CallAsync("whoami")).Refused(401, "invalid_token");
        (await second.CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(john).FormAsync(Path, $"token={first.Token}")).Ok();
        (await server.As(john).CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task An_API_token_does_not_end_its_owners_sessions_or_other_API_tokens()
    {
        var (server, _, john, _) = await StartAsync();
        await using var __ = server;
        var (token, other) = (await server.AsApiTokenAsync("john.doe"), await server.AsApiTokenAsync("john.doe"));

        (await token.FormAsync(Path, $"token={john.AccessToken()}")).OAuthError(403, "insufficient_scope");
        (await token.FormAsync(Path, $"token={other.Token}")).OAuthError(403, "insufficient_scope");
        (await token.CallAsync("token_revoke", new { token = john.RefreshToken() })).Refused(403, "session_required");

        (await server.As(john).CallAsync("whoami")).Ok();
        (await other.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task Somebody_elses_token_needs_the_permission_and_no_less_authority_than_theirs()
    {
        var (server, admin, john, anna) = await StartAsync();
        await using var _ = server;
        var johnsApi = await server.AsApiTokenAsync("john.doe");

        (await server.As(john).FormAsync(Path, $"token={anna.Token}")).OAuthError(403, "insufficient_scope");
        (await server.As(john).CallAsync("token_revoke", new { token = anna.Token })).Refused(403, "permission_denied");
        (await anna.FormAsync(Path, $"token={admin.Token}")).OAuthError(403, "insufficient_scope");
        (await anna.CallAsync("token_revoke", new { token = admin.Token })).Refused(403, "exceeds_authority");
        (await anna.FormAsync(Path, $"token={john.RefreshToken()}")).Ok();
        (await anna.FormAsync(Path, $"token={johnsApi.Token}")).Ok();

        (await server.As(john).CallAsync("whoami")).Refused(401, "invalid_token");
        (await johnsApi.CallAsync("whoami")).Refused(401, "invalid_token");
        (await admin.CallAsync("whoami")).Ok();
        (await anna.CallAsync("whoami")).Ok();
        Assert.Equal(
            ["john.doe permission_denied", "john.doe permission_denied", "anna.kovacs exceeds_authority", "anna.kovacs exceeds_authority", "anna.kovacs ok", "anna.kovacs ok"],
            Records(server).Select(record => string.Join(' ', record.Split(' ').Where((_, index) => index != 1))));
    }

    [Fact]
    public async Task What_proves_nothing_needs_no_revoking_and_leaves_no_record()
    {
        var (server, _, john, anna) = await StartAsync();
        await using var __ = server;
        var before = Database.Text(server, "SELECT COUNT(*) FROM audit_events");
        foreach (var token in new[] { "x", "a.b.c", "mda_x", "mdr_x", john.AccessToken() + "x", john.RefreshToken() + "0" })
        {
            (await anna.FormAsync(Path, $"token={token}")).Ok();
        }

        Assert.Equal(before, Database.Text(server, "SELECT COUNT(*) FROM audit_events"));
        server.Clock.Advance(TimeSpan.FromMinutes(59));
        var later = await server.SignInAsync("john.doe", Password);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await later.FormAsync(Path, $"token={john.AccessToken()}")).Ok();
        (await server.RefreshAsync(john)).Ok();
    }

    [Fact]
    public async Task Revoking_the_token_that_asks_is_signing_out()
    {
        var (server, _, john, _) = await StartAsync();
        await using var __ = server;

        (await server.As(john).FormAsync(Path, $"token={john.AccessToken()}")).Ok();

        (await server.As(john).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.RefreshAsync(john)).Refused(400, "invalid_grant");
    }
}
