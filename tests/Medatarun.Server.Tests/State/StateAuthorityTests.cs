using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>What a state cannot do, and that a refusal leaves nothing behind.</summary>
public sealed class StateAuthorityTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task A_prune_that_would_remove_the_last_administrator_is_refused_whole()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("somebody");
        (await admin.CallAsync("service_account_create", new { name = "runner", role = "admin" })).Ok();
        var runner = await server.AsServiceAccountAsync("runner");
        var before = await runner.ExportAsync();
        var document = new { version = 1, roles = new[] { new { key = "new-role" } }, users = Array.Empty<object>() };

        Assert.Equal(["create role:new-role", "delete user:admin", "delete user:somebody"], (await runner.CompareAsync(document, prune: true)).Differences());
        (await runner.ApplyAsync(document, prune: true)).Refused(409, "last_admin");

        Assert.True(JsonNode.DeepEquals(before, await runner.ExportAsync()));
        Assert.Equal(["last_admin"], Database.Rows(server, "SELECT outcome FROM audit_events WHERE operation = 'state/apply'"));
        await server.SignInAsync("somebody", Password);
    }

    [Theory]
    [InlineData("""{"version":1,"roles":[{"key":"a-role"}],"users":[{"username":"zoe","fullname":"Zoe"},{"username":"admin","disabled":true}]}""", false)]
    [InlineData("""{"version":1,"roles":[{"key":"a-role"}],"users":[{"username":"zoe","fullname":"Zoe"}]}""", true)]
    public async Task Nobody_disables_or_deletes_themselves_and_nothing_else_is_done_either(string document, bool prune)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("other.admin", admin: true);
        var before = await admin.ExportAsync();

        var refused = await admin.ApplyAsync(JsonNode.Parse(document)!, prune);

        refused.Refused(400, "not_yourself");
        Assert.Equal(["user:admin"], refused.Places());
        Assert.True(JsonNode.DeepEquals(before, await admin.ExportAsync()));
    }

    [Fact]
    public async Task Administration_goes_from_one_to_another_in_one_application()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("zoe.last");

        (await admin.ApplyAsync(new
        {
            version = 1,
            users = new object[] { new { username = "admin", roles = Array.Empty<string>() }, new { username = "zoe.last", roles = new[] { "admin" } } },
        })).Ok();

        (await admin.CallAsync("user_list")).Refused(403, "permission_denied");
        var zoe = await server.SignInAsync("zoe.last", Password);
        Assert.Empty((await zoe.CompareAsync(new { version = 1, users = new[] { new { username = "admin", roles = Array.Empty<string>() } } })).Differences());
        // A session ends with its account, here too.
        (await zoe.ApplyAsync(new { version = 1, users = new[] { new { username = "admin", disabled = true } } })).Ok();
        (await admin.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Taking_the_last_administrator_s_role_away_is_refused_however_it_is_done()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(new
        {
            version = 1,
            roles = new[] { new { key = "root", permissions = new[] { "admin" } } },
            groups = new[] { new { key = "roots", roles = new[] { "root" } } },
            users = new[] { new { username = "admin", roles = Array.Empty<string>(), groups = new[] { "roots" } } },
        })).Ok();
        var before = await admin.ExportAsync();

        object[] attempts =
        [
            new { version = 1, roles = new[] { new { key = "root", permissions = Array.Empty<string>() } } },
            new { version = 1, groups = new[] { new { key = "roots", roles = Array.Empty<string>() } } },
            new { version = 1, groups = Array.Empty<object>() },
            new { version = 1, roles = Array.Empty<object>() },
            new { version = 1, users = new[] { new { username = "admin", groups = Array.Empty<string>() } } },
        ];
        foreach (var attempt in attempts)
        {
            (await admin.ApplyAsync(attempt, prune: true)).Refused(409, "last_admin");
        }

        Assert.True(JsonNode.DeepEquals(before, await admin.ExportAsync()));
    }

    [Fact]
    public async Task The_name_of_a_deleted_user_is_not_given_out_again()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("gone.user");
        var with = await admin.ExportAsync();
        (await admin.CallAsync("user_delete", new { username = "gone.user" })).Ok();

        (await admin.CompareAsync(with)).Refused(409, "user_already_exists");
        var refused = await admin.ApplyAsync(with);
        refused.Refused(409, "user_already_exists");
        Assert.Equal(["users[1].username"], refused.Places());
    }

    [Fact]
    public async Task Addresses_are_exchanged_and_go_to_a_new_name()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        static object Users(params (string Name, string Email)[] users) => new
        {
            version = 1,
            users = users.Select(user => new { username = user.Name, fullname = "Some One", email = user.Email })
                .Prepend<object>(new { username = "admin" }).ToArray(),
        };
        (await admin.ApplyAsync(Users(("one.user", "one@example.org"), ("two.user", "two@example.org")))).Ok();

        (await admin.ApplyAsync(Users(("one.user", "two@example.org"), ("two.user", "ONE@example.org")))).Ok();
        (await admin.ApplyAsync(Users(("one.new", "two@example.org"), ("two.user", "ONE@example.org")), prune: true)).Ok();

        Assert.Equal("one.new", (await admin.CallAsync("user_list", new { search = "two@example.org" })).Ok().GetProperty("items")[0].GetProperty("username").GetString());
        (await admin.ApplyAsync(Users(("three.user", "one@EXAMPLE.org")))).Refused(409, "email_already_used");
    }

    [Fact]
    public async Task A_cut_API_token_of_an_administrator_applies_nothing()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, cut) = await server.ApiTokenAsync(admin, permissions: ["user_manage", "role_manage", "group_manage"]);

        (await cut.ApplyAsync(new { version = 1 })).Refused(403, "permission_denied");
        var (_, whole) = await server.ApiTokenAsync(admin);
        (await whole.ApplyAsync(new { version = 1, permissions = new[] { new { key = "a.b" } }, roles = new[] { new { key = "ab", permissions = new[] { "a.b" } } } })).Ok();
    }
}
