using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ApiTokenAuthorityTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task A_token_follows_what_its_owner_may_do()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, ci) = await server.ApiTokenAsync(await UserAsync(server, admin, "john.doe"));

        (await ci.CallAsync("user_list")).Refused(403, "permission_denied");
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "admin" })).Ok();
        (await ci.CallAsync("user_list")).Ok();
        Assert.Equal("Operator", (await ci.CallAsync("whoami")).Ok().GetProperty("type").GetString());
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "" })).Ok();
        (await ci.CallAsync("user_list")).Refused(403, "permission_denied");
    }

    [Fact]
    public async Task A_token_that_is_cut_has_what_it_was_cut_to_and_its_owner_still_holds()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "manager" })).Ok();
        var john = await server.SignInAsync("john.doe", Password);
        var (_, ci) = await server.ApiTokenAsync(john, permissions: ["user_manage"]);

        Assert.Equal(["user_manage", "user_read"], await PermissionsAsync(ci));
        (await ci.CallAsync("group_create", new { key = "others" })).Refused(403, "permission_denied");
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "admin" })).Ok();
        Assert.Equal(["user_manage", "user_read"], await PermissionsAsync(ci));
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "reader" })).Ok();
        Assert.Equal(["user_read"], await PermissionsAsync(ci));
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "" })).Ok();
        Assert.Empty(await PermissionsAsync(ci));
    }

    [Fact]
    public async Task A_token_that_is_cut_to_nothing_can_say_whose_it_is()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var (_, ci) = await server.ApiTokenAsync(admin, permissions: []);

        var whoami = (await ci.CallAsync("whoami")).Ok();
        Assert.Equal("admin", whoami.GetProperty("username").GetString());
        Assert.Equal(("User", false, 0), (whoami.GetProperty("type").GetString(), whoami.GetProperty("admin").GetBoolean(), whoami.GetProperty("permissions").GetArrayLength()));
        (await ci.CallAsync("user_list")).Refused(403, "permission_denied");
        Assert.Equal(JsonValueKind.Array, (await admin.CallAsync("api_token_list")).Ok().GetProperty("items")[0].GetProperty("permissions").ValueKind);
    }

    [Theory]
    [InlineData("no_such_permission", 404, "permission_not_found")]
    [InlineData("", 404, "permission_not_found")]
    [InlineData(null, 400, "invalid_request")]
    [InlineData("user_manage", 403, "exceeds_authority")]
    [InlineData("admin", 403, "exceeds_authority")]
    [InlineData("deploy", 403, "exceeds_authority")]
    public async Task A_token_is_cut_to_permissions_that_exist_and_that_its_maker_holds(string? permission, int status, string code)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("permission_register", new { key = "deploy", description = "Deploys." })).Ok();
        await admin.CreateUserAsync("john.doe", Password);
        await admin.GiveOwnRoleAsync("john.doe", "user_read");
        var john = await server.SignInAsync("john.doe", Password);

        (await john.CallAsync("api_token_create", new { name = "ci", permissions = new[] { "user_read", permission } })).Refused(status, code);

        await server.ApiTokenAsync(john, permissions: ["user_read"]);
        await server.ApiTokenAsync(admin, permissions: ["deploy"]);
    }

    [Fact]
    public async Task A_permission_that_is_deleted_leaves_the_tokens_also_when_another_one_of_its_key_is_registered()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("permission_register", new { key = "deploy", description = "Deploys." })).Ok();
        (await admin.CallAsync("permission_register", new { key = "deploy.test", description = "Deploys to test." })).Ok();
        var (_, only) = await server.ApiTokenAsync(admin, permissions: ["deploy"]);
        var (_, ci) = await server.ApiTokenAsync(admin, permissions: ["user_read", "deploy", "deploy.test"]);

        (await admin.CallAsync("permission_delete", new { permissionKey = "deploy" })).Ok();
        (await admin.CallAsync("permission_register", new { key = "deploy", description = "Another.", implies = new[] { "user_manage" } })).Ok();

        Assert.Equal(["user_read", "deploy.test"], await PermissionsAsync(ci));
        Assert.Empty(await PermissionsAsync(only));
    }

    [Theory]
    [InlineData("permission_denied")]
    [InlineData("exceeds_authority", "token_manage")]
    [InlineData("exceeds_authority", "token_manage", "user_manage", "role_manage", "group_manage", "audit_read", "server_manage")]
    public async Task Nobody_makes_lists_or_revokes_the_tokens_of_whoever_holds_more(string code, params string[] permissions)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegate", Password);
        await admin.GiveOwnRoleAsync("delegate", permissions);
        var delegated = await server.SignInAsync("delegate", Password);
        var (id, ci) = await server.ApiTokenAsync(admin);

        (await delegated.CallAsync("api_token_create", new { name = "mine", username = "admin" })).Refused(403, code);
        (await delegated.CallAsync("api_token_create", new { name = "mine", username = "admin", permissions = Array.Empty<string>() })).Refused(403, code);
        var revoked = await delegated.CallAsync("api_token_revoke", new { id });
        Assert.Equal(permissions.Length == 0 ? "api_token_not_found" : code, revoked.Code);
        Assert.Equal(permissions.Length > 0, (await delegated.CallAsync("api_token_list", new { username = "admin" })).Status == 200);

        (await ci.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task Whoever_manages_tokens_makes_and_revokes_those_of_people_and_service_accounts_who_hold_no_more()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        (await admin.CallAsync("service_account_create", new { name = "runner" })).Ok();
        await admin.CreateUserAsync("delegate", Password);
        await admin.GiveOwnRoleAsync("delegate", "token_manage");
        var delegated = await server.SignInAsync("delegate", Password);

        foreach (var owner in new[] { "john.doe", "runner" })
        {
            var (id, ci) = await server.ApiTokenAsync(delegated, owner);
            Assert.Equal(owner, (await ci.CallAsync("whoami")).Ok().GetProperty("username").GetString());
            (await delegated.CallAsync("api_token_revoke", new { id })).Ok();
            (await ci.CallAsync("whoami")).Refused(401, "invalid_token");
        }

        (await delegated.CallAsync("api_token_create", new { name = "ci", username = "nobody.here" })).Refused(404, "actor_not_found");
        (await delegated.CallAsync("api_token_create", new { name = "ci", username = "urn:medatarun:system" })).Refused(404, "actor_not_found");
        (await admin.CallAsync("user_disable", new { username = "john.doe" })).Ok();
        (await delegated.CallAsync("api_token_create", new { name = "ci", username = "john.doe" })).Refused(409, "principal_disabled");
        (await delegated.CallAsync("api_token_create", new { name = "ci", username = "runner", permissions = new[] { "role_manage" } })).Refused(403, "exceeds_authority");
        var (_, cut) = await server.ApiTokenAsync(delegated, "runner", permissions: ["token_manage"]);
        Assert.Empty(await PermissionsAsync(cut));
    }

    [Fact]
    public async Task People_see_and_revoke_their_own_and_operators_everybodys()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var john = await UserAsync(server, admin, "john.doe");
        var jane = await UserAsync(server, admin, "jane.doe");
        var (ofJohn, johnsToken) = await server.ApiTokenAsync(john);
        var (ofJane, _) = await server.ApiTokenAsync(jane);

        Assert.Equal([ofJohn], await IdsAsync(john, new { }));
        Assert.Equal([ofJohn], await IdsAsync(john, new { username = "john.doe" }));
        (await john.CallAsync("api_token_list", new { username = "jane.doe" })).Refused(403, "permission_denied");
        (await john.CallAsync("api_token_list", new { username = "nobody.here" })).Refused(403, "permission_denied");
        (await john.CallAsync("api_token_list", new { all = true })).Refused(403, "permission_denied");
        (await john.CallAsync("api_token_revoke", new { id = ofJane })).Refused(404, "api_token_not_found");
        (await john.CallAsync("api_token_revoke", new { id = Guid.NewGuid() })).Refused(404, "api_token_not_found");
        (await john.CallAsync("api_token_revoke", new { id = "x" })).Refused(404, "api_token_not_found");
        Assert.Empty(await IdsAsync(admin, new { }));
        Assert.Equal([ofJane], await IdsAsync(admin, new { username = "jane.doe" }));
        Assert.Equal([ofJohn, ofJane], await IdsAsync(admin, new { all = true }));
        (await admin.CallAsync("api_token_list", new { username = "nobody.here" })).Refused(404, "actor_not_found");
        (await admin.CallAsync("api_token_list", new { username = "jane.doe", all = true })).Refused(400, "invalid_request");

        (await admin.CallAsync("api_token_revoke", new { id = ofJohn })).Ok();
        (await johnsToken.CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal([ofJane], await IdsAsync(admin, new { all = true }));
    }

    [Fact]
    public async Task A_token_sees_and_revokes_itself_alone_unless_it_manages_tokens()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (first, _) = await server.ApiTokenAsync(admin);
        var (second, plain) = await server.ApiTokenAsync(admin, permissions: ["user_read"]);
        var (third, managing) = await server.ApiTokenAsync(admin, permissions: ["token_manage"]);

        Assert.Equal([second], await IdsAsync(plain, new { }));
        Assert.Equal([second], await IdsAsync(plain, new { username = "admin" }));
        (await plain.CallAsync("api_token_list", new { all = true })).Refused(403, "permission_denied");
        (await plain.CallAsync("api_token_revoke", new { id = first })).Refused(404, "api_token_not_found");
        Assert.Equal([first, second, third], await IdsAsync(managing, new { }));
        (await managing.CallAsync("api_token_revoke", new { id = first })).Refused(403, "exceeds_authority");

        (await plain.CallAsync("api_token_revoke", new { id = second })).Ok();
        (await plain.CallAsync("whoami")).Refused(401, "invalid_token");
        (await managing.CallAsync("api_token_revoke", new { id = third })).Ok();
        Assert.Equal([first], await IdsAsync(admin, new { }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_list_comes_in_pages_with_each_live_token_once(int limit)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var made = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            made.Add((await server.ApiTokenAsync(admin)).Id);
        }

        (await admin.CallAsync("api_token_create", new { name = "short", expires_in = 60 })).Ok();
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.CallAsync("api_token_revoke", new { id = made[3] })).Ok();
        made.RemoveAt(3);

        var listed = new List<string>();
        string? after = null;
        do
        {
            var page = (await admin.CallAsync("api_token_list", new { limit, after })).Ok();
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, limit);
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(token => token.GetProperty("id").GetString()!));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(made, listed);
        (await admin.CallAsync("api_token_list", new { limit = 0 })).Refused(400, "invalid_request");
        (await admin.CallAsync("api_token_list", new { limit = 1001 })).Refused(400, "invalid_request");
    }

    public static TheoryData<string, string, string> Detours => new()
    {
        { "user_change_password", """{"username":"admin","password":"Another.Day.0123456"}""", "user_manage" },
        { "user_update", """{"username":"admin","email":"mine@example.com"}""", "user_manage" },
        { "user_update", """{"username":"john.doe","role":"admin"}""", "user_manage" },
        { "user_update", """{"username":"john.doe","groups":["operators"]}""", "user_manage" },
        { "user_create", """{"username":"mine","fullname":"Mine","password":"Another.Day.0123456","admin":true}""", "user_manage" },
        { "user_create", """{"username":"mine","fullname":"Mine","password":"Another.Day.0123456","role":"manager"}""", "user_manage" },
        { "user_create", """{"username":"mine","fullname":"Mine","password":"Another.Day.0123456","groups":["operators"]}""", "user_manage" },
        { "service_account_create", """{"name":"mine","role":"admin"}""", "user_manage" },
        { "actor_add_role", """{"actorId":"{john}","roleRef":"admin"}""", "user_manage" },
        { "actor_add_role", """{"actorId":"{admin}","roleRef":"reader"}""", "user_manage" },
        { "actor_enable", """{"actorId":"{admin}"}""", "user_manage" },
        { "role_add_permission", """{"roleRef":"own","permissionKey":"admin"}""", "role_manage" },
        { "role_add_permission", """{"roleRef":"own","permissionKey":"token_manage"}""", "role_manage" },
        { "role_update_autoassign", """{"roleRef":"manager","value":true}""", "role_manage" },
        { "permission_register", """{"key":"mine","description":"Mine.","implies":["token_manage"]}""", "role_manage" },
        { "group_add_member", """{"groupRef":"operators","username":"john.doe"}""", "group_manage" },
        { "group_add_role", """{"groupRef":"others","roleRef":"admin"}""", "group_manage" },
        { "token_mint", """{"principal":"admin"}""", "token_manage" },
        { "token_mint", """{"principal":"mine","type":"Operator"}""", "token_manage" },
        { "session_revoke_all", """{"username":"admin"}""", "token_manage" },
    };

    [Theory]
    [MemberData(nameof(Detours))]
    public async Task An_administrators_token_that_is_cut_cannot_get_around_it(string operation, string request, string permission)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        (await admin.CallAsync("role_create", new { key = "own" })).Ok();
        (await admin.CallAsync("group_create", new { key = "others" })).Ok();
        (await admin.CallAsync("group_create", new { key = "operators" })).Ok();
        (await admin.CallAsync("group_add_role", new { groupRef = "operators", roleRef = "admin" })).Ok();
        var (_, cut) = await server.ApiTokenAsync(admin, permissions: [permission]);
        var (_, whole) = await server.ApiTokenAsync(admin);
        var body = request
            .Replace("{john}", await admin.ActorIdAsync("john.doe"), StringComparison.Ordinal)
            .Replace("{admin}", await admin.ActorIdAsync("admin"), StringComparison.Ordinal);

        (await cut.PostAsync($"/api/auth/{operation}", body)).Refused(403, "exceeds_authority");

        // It is the cut that is refused, and not the request.
        (await whole.PostAsync($"/api/auth/{operation}", body)).Ok();
    }

    private static async Task<TestCaller> UserAsync(TestServer server, TestCaller admin, string name)
    {
        await admin.CreateUserAsync(name, Password);
        return await server.SignInAsync(name, Password);
    }

    private static async Task<IEnumerable<string?>> PermissionsAsync(TestCaller caller) =>
        (await caller.CallAsync("whoami")).Ok().GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString());

    private static async Task<IEnumerable<string?>> IdsAsync(TestCaller caller, object request) =>
        (await caller.CallAsync("api_token_list", request)).Ok().GetProperty("items").EnumerateArray().Select(token => token.GetProperty("id").GetString());
}
