using System.Text.Json;
using Medatarun.Server.Access;
using Medatarun.Server.Tests.Support;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class IntrospectionTests
{
    private const string Path = "/auth/introspect";
    private const string Password = "Sunny.Day.0123456";
    private const string Inactive = """{"active":false}""";

    /// <summary>John, and a service with an API token that may introspect and nothing else.</summary>
    private static async Task<(TestServer Server, TestCaller Admin, JsonElement John, TestCaller Service)> StartAsync()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await admin.CreateUserAsync("john.doe", Password);
        await admin.GiveOwnRoleAsync("john.doe", "user_read");
        (await admin.CallAsync("group_create", new { key = "operations" })).Ok();
        (await admin.CallAsync("group_add_member", new { groupRef = "operations", username = "john.doe" })).Ok();
        (await admin.CallAsync("service_account_create", new { name = "gateway" })).Ok();
        (await admin.CallAsync("role_create", new { key = "introspector" })).Ok();
        (await admin.CallAsync("role_add_permission", new { roleRef = "introspector", permissionKey = "token_introspect" })).Ok();
        (await admin.CallAsync("actor_add_role", new { actorId = await ActorIdAsync(admin, "gateway"), roleRef = "introspector" })).Ok();
        return (server, admin, await server.SignInOfflineAsync("john.doe", Password), await server.AsApiTokenAsync("gateway"));
    }

    private static async Task<string> ActorIdAsync(TestCaller admin, string name) =>
        (await admin.CallAsync("actor_list")).Ok().EnumerateArray()
            .Single(actor => actor.GetProperty("subject").GetString() == name).GetProperty("id").GetString()!;

    [Fact]
    public async Task A_live_access_token_is_described_as_it_is_now()
    {
        var (server, admin, john, service) = await StartAsync();
        await using var _ = server;

        var answer = await service.FormAsync(Path, $"token={john.AccessToken()}&token_type_hint=refresh_token");

        var token = answer.Ok();
        Assert.Equal(("application/json", "no-store"), (answer.MediaType, answer.Headers["Cache-Control"]));
        Assert.True(token.GetProperty("active").GetBoolean());
        Assert.Equal("user_read", token.GetProperty("scope").GetString());
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.Equal("urn:medatarun:internal", token.GetProperty("iss").GetString());
        Assert.Equal("medatarun", token.GetProperty("aud").GetString());
        Assert.Equal(await admin.ActorIdAsync("john.doe"), token.GetProperty("sub").GetString());
        Assert.Equal("john.doe", token.GetProperty("username").GetString());
        Assert.Equal(server.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), token.GetProperty("exp").GetInt64());
        Assert.True(Guid.TryParse(token.GetProperty("sid").GetString(), out var _));
        Assert.Equal("john.doe-role", token.GetProperty("role").GetString());
        Assert.Equal("operations", token.GetProperty("groups").EnumerateArray().Single().GetString());

        (await admin.CallAsync("user_update", new { username = "john.doe", role = "", groups = Array.Empty<string>() })).Ok();

        var now = (await service.FormAsync(Path, $"token={john.AccessToken()}")).Ok();
        Assert.Equal(("", 0), (now.GetProperty("scope").GetString(), now.GetProperty("groups").GetArrayLength()));
        Assert.False(now.TryGetProperty("role", out var _));
    }

    [Fact]
    public async Task A_live_API_token_has_the_permissions_it_was_cut_to_and_no_session()
    {
        var (server, _, _, service) = await StartAsync();
        await using var __ = server;
        var cut = await server.AsApiTokenAsync(TestServer.AdminName, "user_read", "audit_read");

        var token = (await service.FormAsync(Path, $"token={cut.Token}")).Ok();

        Assert.True(token.GetProperty("active").GetBoolean());
        Assert.Equal(["audit_read", "user_read"], token.GetProperty("scope").GetString()!.Split(' ').Order(StringComparer.Ordinal));
        Assert.Equal(TestServer.AdminName, token.GetProperty("username").GetString());
        Assert.False(token.TryGetProperty("sid", out var _));
        Assert.False(token.TryGetProperty("exp", out var _));
    }

    [Fact]
    public async Task Whatever_is_not_accepted_is_not_active_and_nothing_more_is_said()
    {
        var (server, admin, john, service) = await StartAsync();
        await using var _ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        var signedOut = await server.SignInAsync("john.doe", Password);
        (await signedOut.CallAsync("logout")).Ok();
        await admin.CreateUserAsync("disabled", Password);
        var disabled = await server.SignInAsync("disabled", Password);
        var disabledApi = await server.AsApiTokenAsync("disabled");
        Assert.NotEqual(Inactive, (await service.FormAsync(Path, $"token={disabledApi.Token}")).Body);
        (await admin.CallAsync("user_disable", new { username = "disabled" })).Ok();
        var revoked = await server.AsApiTokenAsync("john.doe");
        Database.Change(server.DatabaseFile, $"UPDATE api_tokens SET revoked_at = 1 WHERE hash = '{OpaqueToken.HashOf(revoked.Token)}'");
        string[] tokens =
        [
            john.RefreshToken(), refreshed.RefreshToken(), signedOut.Token, disabled.Token, disabledApi.Token, revoked.Token,
            john.AccessToken()[..^4] + "AAAA", john.AccessToken() + "x", "x", "a.b.c", "..", "mda_x", "%F0%9F%98%80", new string('x', 60_000),
            OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal(),
        ];

        foreach (var token in tokens)
        {
            var answer = await service.FormAsync(Path, $"token={token}");
            Assert.Equal((200, Inactive), (answer.Status, answer.Body));
            Assert.Equal(Inactive, (await service.CallAsync("token_introspect", new { token })).Body);
        }

        server.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Inactive, (await service.FormAsync(Path, $"token={john.AccessToken()}")).Body);
    }

    [Fact]
    public async Task A_token_is_inactive_as_soon_as_its_session_has_ended()
    {
        var (server, _, john, service) = await StartAsync();
        await using var __ = server;
        Assert.NotEqual(Inactive, (await service.FormAsync(Path, $"token={john.AccessToken()}")).Body);

        (await server.As(john).CallAsync("logout")).Ok();

        Assert.Equal(Inactive, (await service.FormAsync(Path, $"token={john.AccessToken()}")).Body);
    }

    [Fact]
    public async Task Asking_writes_nothing_and_does_not_count_as_a_use_of_the_token()
    {
        var (server, _, john, service) = await StartAsync();
        await using var __ = server;
        var api = await server.AsApiTokenAsync("john.doe");
        var lastSeen = server.Services.GetRequiredService<LastSeen>();
        await lastSeen.StoreAsync();
        const string State = "SELECT (SELECT COUNT(*) FROM audit_events) || ' ' || (SELECT COUNT(*) FROM sessions WHERE last_used_at IS NOT NULL)"
            + " || ' ' || (SELECT COALESCE(last_seen_at, 0) FROM actors WHERE subject = 'john.doe')";
        var before = Database.Text(server, State);
        server.Clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var token in new[] { john.AccessToken(), api.Token, john.RefreshToken(), "x" })
        {
            (await service.FormAsync(Path, $"token={token}")).Ok();
        }

        await lastSeen.StoreAsync();
        Assert.Equal(before, Database.Text(server, State));
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM api_tokens WHERE last_used_at IS NOT NULL"));
    }

    [Fact]
    public async Task Who_asks_must_say_who_they_are_and_hold_the_permission()
    {
        var (server, admin, john, service) = await StartAsync();
        await using var _ = server;
        var form = $"token={john.AccessToken()}";
        foreach (var path in new[] { Path, "/auth/revoke" })
        {
            var anonymous = await server.Anonymous.FormAsync(path, form);
            anonymous.OAuthError(401, "invalid_client");
            Assert.Contains("Bearer realm", anonymous.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            Assert.Contains("Basic realm", anonymous.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            (await server.Anonymous.FormAsync(path, "%")).OAuthError(401, "invalid_client");

            var forged = await server.As("x").FormAsync(path, form);
            forged.OAuthError(401, "invalid_token");
            Assert.Contains("error=\"invalid_token\"", forged.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            (await server.Anonymous.FormAsync($"{path}?access_token={admin.Token}", form)).OAuthError(401, "invalid_client");
            (await server.Anonymous.FormAsync(path, $"{form}&access_token={admin.Token}")).OAuthError(401, "invalid_client");
            foreach (var credentials in new[] { $"any:{john.AccessToken()}", $"any:{admin.Token}", "any:x", "any", "", ":", "\u0000:\u0000", $"{service.Token}:" })
            {
                var refused = await server.BasicAsync(path, credentials, form);
                refused.OAuthError(401, "invalid_client");
                Assert.StartsWith("Basic ", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            }

            (await service.FormAsync(path, "")).OAuthError(400, "invalid_request");
            (await service.FormAsync($"{path}?{form}", "")).OAuthError(400, "invalid_request");
        }

        (await server.As(john).FormAsync(Path, form)).OAuthError(403, "insufficient_scope");
        (await server.As(john).CallAsync("token_introspect", new { token = "x" })).Refused(403, "permission_denied");
        Assert.True((await service.FormAsync(Path, form)).Ok().GetProperty("active").GetBoolean());
        foreach (var user in new[] { "", "gateway", "somebody else", "\u00e9" })
        {
            Assert.True((await server.BasicAsync(Path, $"{user}:{service.Token}", form)).Ok().GetProperty("active").GetBoolean());
        }
    }

    [Fact]
    public async Task Basic_is_taken_at_the_OAuth_endpoints_and_nowhere_else()
    {
        var (server, _, _, service) = await StartAsync();
        await using var __ = server;

        Assert.Equal(401, (await server.BasicAsync("/api/auth/whoami", $"gateway:{service.Token}", "")).Status);
        Assert.Equal(401, (await server.BasicAsync("/api/auth/token_introspect", $"gateway:{service.Token}", "")).Status);
    }
}
