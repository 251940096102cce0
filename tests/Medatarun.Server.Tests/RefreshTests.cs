using System.Text.Json;
using Medatarun.Server.Tests.Support;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Medatarun.Server.Tests;

public sealed class RefreshTests
{
    private const string Password = "Sunny.Day.0123456";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private static async Task<(TestServer Server, TestCaller Admin, JsonElement John)> StartAsync(Action<MedatarunServerOptions>? configure = null)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(configure: configure);
        await admin.CreateUserAsync("john.doe", Password);
        return (server, admin, await server.SignInOfflineAsync("john.doe", Password));
    }

    private static IReadOnlyList<string> Records(TestServer server) => Database.Rows(
        server,
        "SELECT COALESCE(target, '-') || ' ' || outcome FROM audit_events WHERE operation = 'auth/token_refresh' ORDER BY sequence");

    private static string Count(TestServer server, string what) => Database.Text(server, $"SELECT COUNT(*) FROM refresh_tokens WHERE {what}");

    private static async Task<JsonElement> OnlySessionAsync(TestServer server, JsonElement signedIn) =>
        (await server.As(signedIn).CallAsync("session_list")).Ok().GetProperty("items").EnumerateArray().Single();

    [Fact]
    public async Task A_refresh_token_is_given_to_who_asks_for_one_and_nobody_else()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;

        Assert.StartsWith("mdr_", john.RefreshToken(), StringComparison.Ordinal);
        foreach (var request in new object[]
        {
            new { username = "john.doe", password = Password },
            new { username = "john.doe", password = Password, offline_access = false },
        })
        {
            Assert.False((await server.Anonymous.CallAsync("login", request)).Ok().TryGetProperty("refresh_token", out var _));
        }
    }

    [Fact]
    public async Task A_refresh_goes_on_with_the_session_and_the_old_access_token_stays_good_until_it_expires()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        server.Clock.Advance(TimeSpan.FromMinutes(50));

        var answer = await server.RefreshAsync(john);

        var refreshed = answer.Ok();
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal(3600, refreshed.GetProperty("expires_in").GetInt64());
        Assert.NotEqual(john.RefreshToken(), refreshed.RefreshToken());
        var (before, after) = (new JsonWebToken(john.AccessToken()), new JsonWebToken(refreshed.AccessToken()));
        Assert.Equal(before.GetClaim("sid").Value, after.GetClaim("sid").Value);
        Assert.NotEqual(before.GetClaim("jti").Value, after.GetClaim("jti").Value);
        (await server.As(john).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await server.As(john).CallAsync("whoami")).Refused(401, "token_expired");
        (await server.As(refreshed).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(refreshed)).Ok();
    }

    [Fact]
    public async Task A_hundred_callers_with_one_token_get_one_answer_and_make_one_successor()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.RefreshAsync(john)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal(("1", "1"), (Count(server, "used_at IS NULL"), Count(server, "used_at IS NOT NULL")));
        var refreshed = answers[0].Ok();
        (await server.As(refreshed).CallAsync("whoami")).Ok();
        Assert.Single((await server.As(refreshed).CallAsync("session_list")).Ok().GetProperty("items").EnumerateArray());
        (await server.RefreshAsync(refreshed)).Ok();
        Assert.Equal(101, Records(server).Count(record => record == "john.doe ok"));
    }

    [Fact]
    public async Task The_same_answer_is_found_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        TestAnswer first;
        JsonElement admin;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            admin = await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword);
            first = await server.RefreshAsync(admin);
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            Assert.Equal(first.Body, (await server.RefreshAsync(admin)).Body);
            (await server.RefreshAsync(first.Ok())).Ok();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Within_the_grace_a_used_token_yields_the_same_answer_also_when_its_successor_is_used()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var first = await server.RefreshAsync(john);
        var second = (await server.RefreshAsync(first.Ok())).Ok();
        server.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));

        Assert.Equal(first.Body, (await server.RefreshAsync(john)).Body);

        (await server.RefreshAsync(second)).Ok();
    }

    [Fact]
    public async Task A_used_token_that_comes_back_after_the_grace_ends_the_session_and_is_recorded()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var elsewhere = await server.SignInOfflineAsync("john.doe", Password);
        var successor = (await server.RefreshAsync(john)).Ok();
        server.Clock.Advance(Grace);

        var reuse = await server.RefreshAsync(john);

        reuse.Refused(400, "invalid_grant");
        (await server.As(john).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(successor).CallAsync("whoami")).Refused(401, "invalid_token");
        var after = await server.RefreshAsync(successor);
        after.Refused(400, "invalid_grant");
        Assert.Equal(reuse.Detail, after.Detail);
        Assert.Equal(["john.doe ok", "john.doe refresh_token_reused", "john.doe invalid_grant"], Records(server));
        (await server.As(elsewhere).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(elsewhere)).Ok();
    }

    [Fact]
    public async Task The_end_of_a_session_by_reuse_survives_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        JsonElement successor;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            var admin = await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword);
            successor = (await server.RefreshAsync(admin)).Ok();
            server.Clock.Advance(Grace);
            (await server.RefreshAsync(admin)).Refused(400, "invalid_grant");
        }

        await using (var server = await TestServer.StartAsync(folder))
        {
            (await server.RefreshAsync(successor)).Refused(400, "invalid_grant");
            (await server.As(successor).CallAsync("whoami")).Refused(401, "invalid_token");
        }

        Directory.Delete(folder, recursive: true);
    }

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

    [Fact]
    public async Task What_was_never_issued_is_refused_without_a_record_or_a_write()
    {
        var (server, admin, john) = await StartAsync();
        await using var __ = server;
        var before = Database.Text(server, "SELECT COUNT(*) FROM audit_events");
        string[] tokens =
        [
            "x", "mdr_", john.RefreshToken()[..^1], john.RefreshToken() + "0", john.RefreshToken().ToUpperInvariant(), john.AccessToken(), admin.Token,
            OpaqueToken.Create(new RandomSource(), OpaqueToken.RefreshPrefix).Reveal(), OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal(),
            "\u0000", "' OR 1=1 --", new string('m', 60_000),
        ];

        foreach (var token in tokens)
        {
            (await server.RefreshAsync(token)).Refused(400, "invalid_grant");
        }

        Assert.Equal(before, Database.Text(server, "SELECT COUNT(*) FROM audit_events"));
        (await server.RefreshAsync(john)).Ok();
    }

    [Fact]
    public async Task Stored_answers_are_sealed_and_forgotten_after_the_grace()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var sweep = server.Services.GetRequiredService<RefreshAnswerSweep>();
        var refreshed = (await server.RefreshAsync(john)).Ok();
        var sealedAnswer = Database.Text(server, "SELECT answer FROM refresh_tokens WHERE used_at IS NOT NULL");
        Assert.Contains(refreshed.RefreshToken(), System.Text.Encoding.UTF8.GetString(SealedAnswer.Open(john.RefreshToken(), sealedAnswer)), StringComparison.Ordinal);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SealedAnswer.Open(refreshed.RefreshToken(), sealedAnswer));
        server.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await sweep.SweepAsync());

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, await sweep.SweepAsync());
        Assert.Equal("0", Count(server, "answer IS NOT NULL"));
    }

    [Fact]
    public async Task A_start_forgets_answers_that_a_crash_left_behind()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            await server.RefreshAsync(await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword));
            Assert.Equal("1", Count(server, "answer IS NOT NULL"));
        }

        Database.Change(Path.Combine(folder, "medatarun.db"), "UPDATE refresh_tokens SET used_at = used_at - 30000 WHERE used_at IS NOT NULL");
        await using (var server = await TestServer.StartAsync(folder))
        {
            Assert.Equal("0", Count(server, "answer IS NOT NULL"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_waited_so_long_that_the_answer_is_gone_is_refused_and_not_signed_out()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        Database.Change(server.DatabaseFile, "UPDATE refresh_tokens SET answer = NULL");

        (await server.RefreshAsync(john)).Refused(400, "invalid_grant");

        (await server.As(refreshed).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(refreshed)).Ok();
    }

    [Fact]
    public async Task No_token_is_found_in_database_write_ahead_log_or_log()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        await server.RefreshAsync(john);
        await server.RefreshAsync(john.RefreshToken() + "0");
        string[] secrets =
        [
            .. new[] { john, refreshed }.SelectMany(answer =>
                new[] { answer.RefreshToken(), answer.RefreshToken()[4..], answer.AccessToken(), answer.AccessToken().Split('.')[1], answer.AccessToken().Split('.')[2] }),
        ];

        var files = Directory.GetFiles(server.Folder);

        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var text in files.Select(ReadShared).Append(server.Log.Text))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
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
