using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class RoleTests
{
    private const string Password = "Sunny.Day.0123456";

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    [Fact]
    public async Task A_role_is_created_changed_found_by_key_and_id_and_deleted()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var created = (await admin.CallAsync("role_create", new { key = "help-desk", name = "Help desk", description = "Resets passwords" })).Ok();
        var id = created.GetProperty("id").GetString();
        (await admin.CallAsync("role_update_name", new { roleRef = "key:help-desk", value = "Service desk" })).Ok();
        (await admin.CallAsync("role_update_key", new { roleRef = $"id:{id}", value = "service-desk" })).Ok();
        (await admin.CallAsync("role_update_description", new { roleRef = "service-desk", value = "" })).Ok();
        (await admin.CallAsync("role_add_permission", new { roleRef = "key:service-desk", permissionKey = "user_manage" })).Ok();

        var role = (await admin.CallAsync("role_get", new { roleRef = "key:service-desk" })).Ok();
        Assert.Equal(("Service desk", "", id), (role.GetProperty("name").GetString(), role.GetProperty("description").GetString(), role.GetProperty("id").GetString()));
        Assert.Equal(["user_manage"], Texts(role.GetProperty("permissions")));
        Assert.Equal(["user_read"], Texts(role.GetProperty("impliedPermissions")));
        (await admin.CallAsync("role_get", new { roleRef = "key:help-desk" })).Refused(404, "role_not_found");
        (await admin.CallAsync("role_delete", new { roleRef = "key:service-desk" })).Ok();
        (await admin.CallAsync("role_get", new { roleRef = $"id:{id}" })).Refused(404, "role_not_found");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("Upper")]
    [InlineData("two..dots")]
    [InlineData("id:x")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234x")]
    public async Task A_bad_key_is_refused(string key)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("role_create", new { key })).Refused(400, "bad_key");
        (await admin.CallAsync("group_create", new { key })).Refused(400, "bad_key");
        (await admin.CallAsync("permission_register", new { key })).Refused(400, "bad_key");
    }

    [Theory]
    [InlineData("role_update_name")]
    [InlineData("role_update_key")]
    [InlineData("role_update_description")]
    [InlineData("role_add_permission")]
    [InlineData("role_delete_permission")]
    [InlineData("role_delete")]
    public async Task The_products_own_roles_stay_as_they_are(string operation)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        foreach (var role in new[] { "admin", "manager", "reader" })
        {
            (await admin.CallAsync(operation, new { roleRef = $"key:{role}", value = "other", permissionKey = "user_read" })).Refused(400, "managed");
        }
    }

    [Fact]
    public async Task Taken_keys_and_what_does_not_exist_are_named()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("role_create", new { key = "mine" });
        await admin.CreateUserAsync("john.doe", Password);
        var john = await admin.ActorIdAsync("john.doe");

        (await admin.CallAsync("role_create", new { key = "mine" })).Refused(409, "role_already_exists");
        (await admin.CallAsync("role_update_key", new { roleRef = "mine", value = "reader" })).Refused(409, "role_already_exists");
        (await admin.CallAsync("permission_register", new { key = "user_read" })).Refused(409, "permission_already_exists");
        (await admin.CallAsync("role_add_permission", new { roleRef = "mine", permissionKey = "nothing" })).Refused(404, "permission_not_found");
        (await admin.CallAsync("role_delete_permission", new { roleRef = "mine", permissionKey = "user_read" })).Refused(404, "assignment_not_found");
        (await admin.CallAsync("actor_add_role", new { actorId = john, roleRef = "nothing" })).Refused(404, "role_not_found");
        (await admin.CallAsync("actor_add_role", new { actorId = Guid.NewGuid(), roleRef = "mine" })).Refused(404, "actor_not_found");
        (await admin.CallAsync("actor_delete_role", new { actorId = john, roleRef = "mine" })).Refused(404, "assignment_not_found");
        (await admin.CallAsync("user_update", new { username = "john.doe", role = "nothing" })).Refused(404, "role_not_found");
        (await admin.CallAsync("user_update", new { username = "john.doe", groups = new[] { "nothing" } })).Refused(404, "group_not_found");
    }

    [Fact]
    public async Task Registered_permissions_are_shown_implied_and_leave_with_the_last_one_that_implied_them()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);
        (await admin.CallAsync("permission_register", new { key = "model_read", description = "Read models", category = "models" })).Ok();
        (await admin.CallAsync("permission_register", new { key = "model_write", implies = new[] { "model_read" } })).Ok();
        (await admin.CallAsync("permission_register", new { key = "tag_global_manage", implies = new[] { "model_write" } })).Ok();
        await admin.CallAsync("role_create", new { key = "modeller" });
        await admin.CallAsync("role_add_permission", new { roleRef = "modeller", permissionKey = "tag_global_manage" });
        await admin.CallAsync("role_add_permission", new { roleRef = "modeller", permissionKey = "model_write" });
        await admin.CallAsync("user_update", new { username = "john.doe", role = "modeller" });

        async Task<string[]> Held() => Texts((await john.CallAsync("whoami")).Ok().GetProperty("permissions"));

        Assert.Equal(["model_read", "model_write", "tag_global_manage"], await Held());
        await admin.CallAsync("role_delete_permission", new { roleRef = "modeller", permissionKey = "tag_global_manage" });
        Assert.Equal(["model_read", "model_write"], await Held());
        await admin.CallAsync("role_delete_permission", new { roleRef = "modeller", permissionKey = "model_write" });
        Assert.Empty(await Held());
        Assert.Contains("tag_global_manage", Texts((await admin.CallAsync("whoami")).Ok().GetProperty("permissions")));
        (await admin.CallAsync("permission_delete", new { permissionKey = "tag_global_manage" })).Ok();
        Assert.DoesNotContain("tag_global_manage", Texts((await admin.CallAsync("whoami")).Ok().GetProperty("permissions")));
    }

    [Fact]
    public async Task A_permission_that_would_lead_back_to_itself_is_refused()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.CallAsync("permission_register", new { key = "loop", implies = new[] { "loop" } })).Refused(400, "permission_cycle");
        (await admin.CallAsync("permission_register", new { key = "super", implies = new[] { "admin" } })).Refused(400, "permission_cycle");
        (await admin.CallAsync("permission_register", new { key = "early", implies = new[] { "later" } })).Refused(404, "permission_not_found");
        (await admin.CallAsync("permission_delete", new { permissionKey = "admin" })).Refused(400, "managed");
    }

    [Fact]
    public async Task At_most_one_role_is_assigned_automatically_and_never_admin()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("role_create", new { key = "everyone" });

        (await admin.CallAsync("role_update_autoassign", new { roleRef = "admin", value = true })).Refused(400, "managed");
        (await admin.CallAsync("role_update_autoassign", new { roleRef = "everyone", value = true })).Ok();
        (await admin.CallAsync("role_add_permission", new { roleRef = "everyone", permissionKey = "admin" })).Refused(400, "managed");
        Assert.Equal("everyone", (await admin.CreateUserAsync("one", Password)).GetProperty("role").GetString());
        (await admin.CallAsync("role_update_autoassign", new { roleRef = "reader", value = true })).Ok();
        Assert.Equal("reader", (await admin.CreateUserAsync("two", Password)).GetProperty("role").GetString());
        (await admin.CallAsync("role_update_autoassign", new { roleRef = "reader", value = false })).Ok();
        Assert.Equal(JsonValueKind.Null, (await admin.CreateUserAsync("three", Password)).GetProperty("role").ValueKind);
    }

    [Fact]
    public async Task Nobody_gives_or_takes_what_they_do_not_hold()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegated", Password);
        await admin.CreateUserAsync("john.doe", Password);
        await admin.GiveOwnRoleAsync("delegated", "user_manage", "role_manage", "group_manage");
        await admin.CallAsync("role_create", new { key = "auditor" });
        await admin.CallAsync("role_add_permission", new { roleRef = "auditor", permissionKey = "audit_read" });
        await admin.CallAsync("group_create", new { key = "auditors" });
        await admin.CallAsync("group_add_role", new { groupRef = "auditors", roleRef = "auditor" });
        var delegated = await server.SignInAsync("delegated", Password);
        var (me, john) = (await admin.ActorIdAsync("delegated"), await admin.ActorIdAsync("john.doe"));

        foreach (var (operation, request) in new (string, object)[]
        {
            ("actor_add_role", new { actorId = me, roleRef = "admin" }),
            ("actor_add_role", new { actorId = john, roleRef = "auditor" }),
            ("user_update", new { username = "john.doe", role = "admin" }),
            ("user_update", new { username = "john.doe", groups = new[] { "auditors" } }),
            ("user_create", new { username = "made", fullname = "Made", password = Password, admin = true }),
            ("user_create", new { username = "made", fullname = "Made", password = Password, role = "auditor" }),
            ("user_create", new { username = "made", fullname = "Made", password = Password, groups = new[] { "auditors" } }),
            ("service_account_create", new { name = "made", role = "admin" }),
            ("role_add_permission", new { roleRef = "delegated-role", permissionKey = "audit_read" }),
            ("role_delete_permission", new { roleRef = "auditor", permissionKey = "audit_read" }),
            ("role_delete", new { roleRef = "auditor" }),
            ("role_update_autoassign", new { roleRef = "auditor", value = true }),
            ("permission_register", new { key = "made", implies = new[] { "audit_read" } }),
            ("group_add_member", new { groupRef = "auditors", username = "john.doe" }),
            ("group_delete", new { groupRef = "auditors" }),
            ("group_add_role", new { groupRef = "auditors", roleRef = "delegated-role" }),
        })
        {
            var answer = await delegated.CallAsync(operation, request);
            Assert.True(answer is { Status: 403, Code: "exceeds_authority" }, $"{operation}: {answer.Body}");
        }

        (await admin.CallAsync("user_get", new { username = "made" })).Refused(404, "user_not_found");
        (await delegated.CallAsync("actor_add_role", new { actorId = john, roleRef = "delegated-role" })).Ok();
    }

    [Fact]
    public async Task Nobody_changes_somebody_who_holds_more()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegated", Password);
        await admin.GiveOwnRoleAsync("delegated", "user_manage");
        await admin.CreateUserAsync("second", Password, admin: true);
        var delegated = await server.SignInAsync("delegated", Password);
        var second = await admin.ActorIdAsync("second");

        foreach (var (operation, request) in new (string, object)[]
        {
            ("user_change_password", new { username = "second", password = "Rainy.Day.0123456" }),
            ("user_disable", new { username = "second" }),
            ("user_enable", new { username = "second" }),
            ("user_delete", new { username = "second" }),
            ("user_update", new { username = "second", email = "mine@example.org" }),
            ("user_change_fullname", new { username = "second", fullname = "Mine" }),
            ("actor_disable", new { actorId = second }),
            ("actor_delete_role", new { actorId = second, roleRef = "admin" }),
        })
        {
            var answer = await delegated.CallAsync(operation, request);
            Assert.True(answer is { Status: 403, Code: "exceeds_authority" }, $"{operation}: {answer.Body}");
            Assert.Contains("'admin'", answer.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_way_of_losing_the_last_administrator_is_refused()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var me = await admin.ActorIdAsync(TestServer.AdminName);
        await admin.CallAsync("role_create", new { key = "boss" });
        await admin.CallAsync("role_add_permission", new { roleRef = "boss", permissionKey = "admin" });
        await admin.CallAsync("group_create", new { key = "bosses" });
        await admin.CallAsync("group_add_role", new { groupRef = "bosses", roleRef = "boss" });
        await admin.CallAsync("group_add_member", new { groupRef = "bosses", username = TestServer.AdminName });
        // From here on the administrator is one through the group alone.
        (await admin.CallAsync("actor_delete_role", new { actorId = me, roleRef = "admin" })).Ok();

        (await admin.CallAsync("group_delete_member", new { groupRef = "bosses", username = TestServer.AdminName })).Refused(409, "last_admin");
        (await admin.CallAsync("group_delete_role", new { groupRef = "bosses", roleRef = "boss" })).Refused(409, "last_admin");
        (await admin.CallAsync("group_delete", new { groupRef = "bosses" })).Refused(409, "last_admin");
        (await admin.CallAsync("role_delete_permission", new { roleRef = "boss", permissionKey = "admin" })).Refused(409, "last_admin");
        (await admin.CallAsync("role_delete", new { roleRef = "boss" })).Refused(409, "last_admin");
        (await admin.CallAsync("user_update", new { username = TestServer.AdminName, groups = Array.Empty<string>() })).Refused(409, "last_admin");
        Assert.Equal("Operator", (await admin.CallAsync("whoami")).Ok().GetProperty("type").GetString());
    }
}
