using System.Text.Json;
using Medatarun.Server.Access;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class SessionTests
{
    private const string Password = "Sunny.Day.0123456";

    private static async Task<JsonElement[]> ListAsync(TestCaller caller, object? request = null) =>
        [.. (await caller.CallAsync("session_list", request)).Ok().GetProperty("items").EnumerateArray()];

    private static string IdOf(JsonElement session) => session.GetProperty("id").GetString()!;

    private static async Task<string> CurrentIdAsync(TestCaller caller) =>
        IdOf((await ListAsync(caller)).Single(session => session.GetProperty("current").GetBoolean()));

    /// <summary>John, who signed in twice, and Anna, who may manage tokens and not users.</summary>
    private static async Task<(TestServer Server, TestCaller Admin, TestCaller John, TestCaller Elsewhere, TestCaller Anna)> StartAsync()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CreateUserAsync("anna.kovacs", Password);
        await admin.GiveOwnRoleAsync("anna.kovacs", "token_manage");
        return (
            server, admin, await server.SignInAsync("john.doe", Password), await server.SignInAsync("john.doe", Password),
            await server.SignInAsync("anna.kovacs", Password));
    }

    [Fact]
    public async Task A_user_sees_their_own_sessions_and_which_of_them_calls()
    {
        var (server, _, john, _, _) = await StartAsync();
        await using var __ = server;

        var sessions = await ListAsync(john);

        Assert.Equal(2, sessions.Length);
        Assert.All(sessions, session => Assert.Equal("john.doe", session.GetProperty("username").GetString()));
        Assert.All(sessions, session => Assert.Equal("127.0.0.1", session.GetProperty("address").GetString()));
        Assert.All(sessions, session => Assert.False(session.GetProperty("offline").GetBoolean()));
        Assert.All(sessions, session => Assert.Equal(session.GetProperty("ends_at").ToString(), session.GetProperty("expires_at").ToString()));
        Assert.Single(sessions, session => session.GetProperty("current").GetBoolean());
        Assert.Equal(sessions.Select(IdOf).Order(StringComparer.Ordinal), sessions.Select(IdOf));
    }

    [Fact]
    public async Task A_session_knows_the_program_that_signed_in_without_its_control_characters()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var __ = server;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { username = TestServer.AdminName, password = TestServer.AdminPassword }),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Some Program/1.0 \u202e" + new string('x', 500));
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => System.Text.Encoding.UTF8 })
        {
            BaseAddress = server.Http.BaseAddress,
        };
        using var response = await http.SendAsync(request);
        var token = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;

        var client = (await ListAsync(server.As(token))).Single(session => session.GetProperty("current").GetBoolean()).GetProperty("client").GetString()!;

        Assert.StartsWith(@"Some Program/1.0 \u202exxx", client, StringComparison.Ordinal);
        Assert.InRange(client.Length, 20, 220);
    }

    [Fact]
    public async Task Last_use_is_told_before_and_after_it_was_stored()
    {
        var (server, admin, john, elsewhere, _) = await StartAsync();
        await using var __ = server;
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await elsewhere.CallAsync("whoami");
        var used = server.Clock.GetUtcNow();

        async Task<DateTimeOffset[]> UsedAsync() =>
            [.. (await ListAsync(admin, new { username = "john.doe" })).Select(session => session.GetProperty("last_used_at"))
                .Where(at => at.ValueKind != JsonValueKind.Null).Select(at => at.GetDateTimeOffset())];
        Assert.Equal([used], await UsedAsync());
        await server.Services.GetRequiredService<LastSeen>().StoreAsync();
        Assert.Equal([used], await UsedAsync());
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await john.CallAsync("whoami");
        Assert.Equal([used, server.Clock.GetUtcNow()], (await UsedAsync()).Order());
    }

    [Fact]
    public async Task Only_sessions_that_live_are_listed()
    {
        var (server, admin, john, elsewhere, anna) = await StartAsync();
        await using var __ = server;
        (await elsewhere.CallAsync("logout")).Ok();
        Assert.Single(await ListAsync(john));
        Assert.Equal(3, (await ListAsync(anna, new { all = true })).Length);

        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        Assert.Equal(2, (await ListAsync(anna, new { all = true })).Length);
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        var later = await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
        server.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Single(await ListAsync(later, new { all = true }));
    }

    [Fact]
    public async Task Others_sessions_need_the_permission_to_manage_tokens()
    {
        var (server, admin, john, _, anna) = await StartAsync();
        await using var __ = server;

        (await john.CallAsync("session_list", new { username = "anna.kovacs" })).Refused(403, "permission_denied");
        (await john.CallAsync("session_list", new { username = "nobody" })).Refused(403, "permission_denied");
        (await john.CallAsync("session_list", new { all = true })).Refused(403, "permission_denied");
        Assert.Equal(2, (await ListAsync(john, new { username = "john.doe" })).Length);
        Assert.Equal(2, (await ListAsync(anna, new { username = "john.doe" })).Length);
        Assert.Equal(4, (await ListAsync(anna, new { all = true })).Length);
        (await anna.CallAsync("session_list", new { username = "nobody" })).Refused(404, "actor_not_found");
        (await admin.CallAsync("session_list", new { username = "john.doe", all = true })).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task Sessions_come_in_pages_that_miss_none_and_repeat_none()
    {
        var (server, _, _, _, anna) = await StartAsync();
        await using var __ = server;
        for (var number = 0; number < 9; number++)
        {
            await server.SignInAsync("john.doe", Password);
        }

        var seen = new List<string>();
        var sizes = new List<int>();
        string? after = null;
        do
        {
            var page = (await anna.CallAsync("session_list", new { username = "john.doe", limit = 4, after })).Ok();
            sizes.Add(page.GetProperty("items").GetArrayLength());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(IdOf));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal([4, 4, 3], sizes);
        Assert.Equal((await ListAsync(anna, new { username = "john.doe" })).Select(IdOf), seen);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_limit_out_of_range_is_refused(int limit)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("session_list", new { limit })).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task A_session_that_is_revoked_is_refused_at_its_next_request_and_revoking_it_again_is_no_error()
    {
        var (server, _, john, elsewhere, _) = await StartAsync();
        await using var __ = server;
        (await elsewhere.CallAsync("whoami")).Ok();
        var id = await CurrentIdAsync(elsewhere);

        (await john.CallAsync("session_revoke", new { id })).Ok();

        (await elsewhere.CallAsync("whoami")).Refused(401, "invalid_token");
        (await john.CallAsync("whoami")).Ok();
        (await john.CallAsync("session_revoke", new { id })).Ok();
        Assert.Single(await ListAsync(john));
    }

    [Fact]
    public async Task Somebody_elses_session_is_one_that_does_not_exist()
    {
        var (server, _, john, _, anna) = await StartAsync();
        await using var __ = server;
        var id = await CurrentIdAsync(anna);

        var refused = await john.CallAsync("session_revoke", new { id });
        var unknown = Guid.CreateVersion7().ToString();
        var nothing = await john.CallAsync("session_revoke", new { id = unknown });

        refused.Refused(404, "session_not_found");
        nothing.Refused(404, "session_not_found");
        Assert.Equal(refused.Detail, nothing.Detail!.Replace(unknown, id, StringComparison.Ordinal));
        (await john.CallAsync("session_revoke", new { id = "' OR 1=1 --" })).Refused(404, "session_not_found");
        (await anna.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task Who_manages_tokens_ends_sessions_but_not_of_somebody_who_holds_more()
    {
        var (server, admin, john, elsewhere, anna) = await StartAsync();
        await using var __ = server;

        (await anna.CallAsync("session_revoke", new { id = await CurrentIdAsync(admin) })).Refused(403, "exceeds_authority");
        (await anna.CallAsync("session_revoke_all", new { username = TestServer.AdminName })).Refused(403, "exceeds_authority");
        (await anna.CallAsync("session_revoke", new { id = await CurrentIdAsync(elsewhere) })).Ok();

        (await elsewhere.CallAsync("whoami")).Refused(401, "invalid_token");
        (await john.CallAsync("whoami")).Ok();
        (await admin.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task Ending_all_of_ones_own_sessions_spares_the_one_that_calls()
    {
        var (server, _, john, elsewhere, anna) = await StartAsync();
        await using var __ = server;

        (await john.CallAsync("session_revoke_all")).Ok();

        (await john.CallAsync("whoami")).Ok();
        (await elsewhere.CallAsync("whoami")).Refused(401, "invalid_token");
        (await anna.CallAsync("whoami")).Ok();
        (await john.CallAsync("session_revoke_all", new { username = "john.doe" })).Ok();
        (await john.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task Ending_all_of_somebody_elses_sessions_spares_none()
    {
        var (server, _, john, elsewhere, anna) = await StartAsync();
        await using var __ = server;
        (await john.CallAsync("session_revoke_all", new { username = "anna.kovacs" })).Refused(403, "permission_denied");
        (await anna.CallAsync("session_revoke_all", new { username = "nobody" })).Refused(404, "actor_not_found");

        (await anna.CallAsync("session_revoke_all", new { username = "john.doe" })).Ok();

        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
        (await elsewhere.CallAsync("whoami")).Refused(401, "invalid_token");
        (await anna.CallAsync("whoami")).Ok();
        Assert.Equal(
            ["john.doe - anna.kovacs permission_denied", "anna.kovacs - nobody actor_not_found", "anna.kovacs - john.doe ok"],
            Database.Rows(server, "SELECT actor_name || ' - ' || target || ' ' || outcome FROM audit_events WHERE operation = 'auth/session_revoke_all' ORDER BY sequence"));
    }

    [Fact]
    public async Task An_API_token_is_not_the_account_and_neither_sees_its_sessions_nor_ends_them()
    {
        var (server, _, john, _, _) = await StartAsync();
        await using var __ = server;
        var token = await server.AsApiTokenAsync("john.doe");
        (await token.CallAsync("whoami")).Ok();

        (await token.CallAsync("session_list")).Refused(403, "session_required");
        (await token.CallAsync("session_list", new { username = "john.doe" })).Refused(403, "session_required");
        (await token.CallAsync("session_list", new { username = "anna.kovacs" })).Refused(403, "permission_denied");
        (await token.CallAsync("session_revoke", new { id = await CurrentIdAsync(john) })).Refused(403, "session_required");
        (await token.CallAsync("session_revoke", new { id = Guid.NewGuid() })).Refused(403, "session_required");
        (await token.CallAsync("session_revoke_all")).Refused(403, "session_required");
        (await token.CallAsync("logout")).Refused(403, "session_required");
        (await john.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task An_API_token_with_the_permission_manages_sessions_within_what_it_was_cut_to()
    {
        var (server, admin, john, _, anna) = await StartAsync();
        await using var __ = server;
        var cut = await server.AsApiTokenAsync(TestServer.AdminName, "token_manage");
        var whole = await server.AsApiTokenAsync(TestServer.AdminName);

        Assert.Equal(4, (await ListAsync(cut, new { all = true })).Length);
        Assert.All(await ListAsync(cut), session => Assert.False(session.GetProperty("current").GetBoolean()));
        (await cut.CallAsync("session_revoke_all", new { username = "john.doe" })).Ok();
        (await john.CallAsync("whoami")).Refused(401, "invalid_token");
        (await cut.CallAsync("session_revoke_all")).Refused(403, "exceeds_authority");
        (await whole.CallAsync("session_revoke_all")).Ok();
        (await admin.CallAsync("whoami")).Refused(401, "invalid_token");
        (await anna.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task A_page_holds_a_thousand_sessions_of_many()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        Database.Change(
            server.DatabaseFile,
            $"""
            INSERT INTO sessions (id, actor_id, created_at, expires_at, ends_at)
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            SELECT printf('019a0000-0000-7000-8000-%012d', i), (SELECT id FROM users), 0, {long.MaxValue / 1000000}, {long.MaxValue / 1000000} FROM n
            """);

        var page = (await admin.CallAsync("session_list", new { limit = 1000 })).Ok();

        Assert.Equal(1000, page.GetProperty("items").GetArrayLength());
        Assert.Equal("019a0000-0000-7000-8000-000000001000", page.GetProperty("next").GetString());
    }
}
