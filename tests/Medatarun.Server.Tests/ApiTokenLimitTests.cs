using System.Globalization;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ApiTokenLimitTests
{
    private const string Password = "Sunny.Day.0123456";

    public static TheoryData<string?, bool> Names => new()
    {
        { null, false },
        { "", false },
        { " \t ", false },
        { "x", true },
        { "Пайплайн 🚀 of Zoë", true },
        { new string('x', 100), true },
        { string.Concat(Enumerable.Repeat("🚀", 100)), true },
        { new string('x', 101), false },
        { "two\nlines", false },
        { "\u001b[31mred", false },
        { "back\u202ewards", false },
        { "null\0", false },
        { "line\u2028separator", false },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_has_1_to_100_characters_that_everybody_can_see(string? name, bool good)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync("api_token_create", new { name });

        if (good)
        {
            Assert.Equal(name, answer.Ok().GetProperty("api_token").GetProperty("name").GetString());
        }
        else
        {
            Assert.True(answer.Refused(400, "invalid_request").GetProperty("errors").TryGetProperty("name", out var __));
        }
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(315_360_000, true)]
    [InlineData(315_360_001, false)]
    [InlineData(0, false)]
    [InlineData(-60, false)]
    public async Task A_lifetime_is_a_minute_to_ten_years(int seconds, bool good)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.CallAsync("api_token_create", new { name = "ci", expires_in = seconds });

        if (good)
        {
            var ci = server.As(answer.Ok().GetProperty("token").GetString()!);
            server.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            (await ci.CallAsync("whoami")).Ok();
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            (await ci.CallAsync("whoami")).Refused(401, "token_expired");
        }
        else
        {
            Assert.True(answer.Refused(400, "invalid_request").GetProperty("errors").TryGetProperty("expires_in", out var __));
        }
    }

    [Fact]
    public async Task Nobody_has_more_than_a_thousand_and_those_that_ended_do_not_count()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var john = await UserAsync(server, admin, "john.doe");
        Fill(server, "john.doe", 999, revokedAt: null);
        var (id, _) = await server.ApiTokenAsync(john);

        (await john.CallAsync("api_token_create", new { name = "one more" })).Refused(409, "api_token_limit");

        (await john.CallAsync("api_token_revoke", new { id })).Ok();
        await server.ApiTokenAsync(john);
        await server.ApiTokenAsync(admin);
    }

    [Fact]
    public async Task Of_those_that_ended_the_latest_thousand_are_remembered()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var john = await UserAsync(server, admin, "john.doe");
        Fill(server, "john.doe", 1500, revokedAt: 5);
        var (id, _) = await server.ApiTokenAsync(john);
        (await john.CallAsync("api_token_revoke", new { id })).Ok();

        await server.ApiTokenAsync(john);

        Assert.Equal("1001", Database.Text(server, "SELECT COUNT(*) FROM api_tokens"));
        (await john.CallAsync("api_token_revoke", new { id })).Ok();
    }

    private static async Task<TestCaller> UserAsync(TestServer server, TestCaller admin, string name)
    {
        await admin.CreateUserAsync(name, Password);
        return await server.SignInAsync(name, Password);
    }

    private static void Fill(TestServer server, string username, int count, int? revokedAt) => Database.Change(
        server.DatabaseFile,
        $"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
        INSERT INTO api_tokens (id, actor_id, name, hash, created_at, revoked_at)
        SELECT 'filled-' || i, (SELECT id FROM users WHERE username = '{username}'), 'filled', 'hash-' || i, 1, {revokedAt?.ToString(CultureInfo.InvariantCulture) ?? "NULL"} FROM n
        """);
}
