using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>What cannot be is refused with its place, all of it at once.</summary>
public sealed class StateChecksTests
{
    public static TheoryData<string, string, string> Faults() => new()
    {
        { """{}""", "bad_state", "version" },
        { """{"version":2}""", "bad_state", "version" },
        { """{"version":1,"usrs":[]}""", "bad_state", "usrs" },
        { """{"version":1,"users":[{"username":"jo.doe","fulname":"x"}]}""", "bad_state", "users[0].fulname" },
        { """{"version":1,"users":[{"username":1}]}""", "bad_state", "users[0].username" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{"evn":"x"}}]}""", "bad_state", "users[0].password.evn" },
        { """{"version":1,"users":{}}""", "bad_state", "users" },
        { """{"version":1,"users":[null]}""", "bad_state", "users[0]" },
        { """{"version":1,"users":[{}]}""", "bad_state", "users[0].username" },
        { """{"version":1,"users":[{"username":"Jo","fullname":"Jo"}]}""", "bad_username", "users[0].username" },
        { """{"version":1,"users":[{"username":"jo.doe"}]}""", "bad_state", "users[0].fullname" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"<Jo>"}]}""", "bad_fullname", "users[0].fullname" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","email":"nobody"}]}""", "bad_email", "users[0].email" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo"},{"username":"jo.doe","fullname":"Jo"}]}""", "bad_state", "users[1].username" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","roles":["nothing.here"]}]}""", "role_not_found", "users[0].roles[0]" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","roles":[null]}]}""", "bad_state", "users[0].roles[0]" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","groups":["nothing.here"]}]}""", "group_not_found", "users[0].groups[0]" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{"env":"A","file":"b"}}]}""", "bad_state", "users[0].password" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{}}]}""", "bad_state", "users[0].password" },
        { """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo"}],"service_accounts":[{"name":"jo.doe"}]}""", "bad_state", "service_accounts[0].name" },
        { """{"version":1,"service_accounts":[{"name":"admin"}]}""", "user_already_exists", "service_accounts[0].name" },
        { """{"version":1,"service_accounts":[{"name":""}]}""", "bad_state", "service_accounts[0].name" },
        { """{"version":1,"roles":[{"key":"admin"}]}""", "managed", "roles[0].key" },
        { """{"version":1,"roles":[{"key":"a"}]}""", "bad_key", "roles[0].key" },
        { """{"version":1,"roles":[{"key":"ab"},{"key":"ab"}]}""", "bad_state", "roles[1].key" },
        { """{"version":1,"roles":[{"key":"ab","name":" "}]}""", "bad_state", "roles[0].name" },
        { """{"version":1,"roles":[{"key":"ab","permissions":["user_read","nothing.here"]}]}""", "permission_not_found", "roles[0].permissions[1]" },
        { """{"version":1,"groups":[{"key":"ab","roles":["id:1"]}]}""", "role_not_found", "groups[0].roles[0]" },
        { """{"version":1,"groups":[{"key":"ab","description":"a\u0007b"}]}""", "invalid_request", "groups[0].description" },
        { """{"version":1,"permissions":[{"key":"user_read"}]}""", "managed", "permissions[0].key" },
        { """{"version":1,"permissions":[{"key":"ab","implies":["ab"]}]}""", "permission_cycle", "permissions[0].implies" },
        { """{"version":1,"permissions":[{"key":"ab","implies":["admin"]}]}""", "permission_cycle", "permissions[0].implies" },
        { """{"version":1,"permissions":[{"key":"ab","implies":[null]}]}""", "bad_state", "permissions[0].implies[0]" },
        { """{"version":1,"permissions":[{"key":"old.one","description":"Other."}]}""", "bad_state", "permissions[0].description" },
        { """{"version":1,"settings":{"automatic_role":"nothing.here"}}""", "role_not_found", "settings.automatic_role" },
        { """{"version":1,"settings":{"automatic_role":"admin"}}""", "managed", "settings.automatic_role" },
        { """{"version":1,"settings":{"automatic_role":"ab"},"roles":[{"key":"ab","permissions":["admin"]}]}""", "managed", "settings.automatic_role" },
    };

    [Fact]
    public async Task Each_fault_has_its_code_and_its_place()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("permission_register", new { key = "old.one", description = "One." })).Ok();
        foreach (var row in Faults())
        {
            var (document, code, place) = row.Data;
            foreach (var answer in (TestAnswer[])[await admin.CompareAsync(JsonNode.Parse(document)!), await admin.ApplyAsync(JsonNode.Parse(document)!)])
            {
                Assert.True(code == answer.Code, $"{document}: {answer.Body}");
                Assert.True(answer.Places().SequenceEqual([place]), $"{document}: {answer.Body}");
            }
        }
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_not_more_than_a_hundred()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var mixed = await admin.CompareAsync(new
        {
            version = 1,
            roles = new[] { new { key = "Bad Key", permissions = new[] { "nothing.here" } } },
            users = new[] { new { username = "X", fullname = "" }, new { username = "fine.name", fullname = "Fine" } },
        });
        mixed.Refused(400, "bad_state");
        Assert.Equal(
            ["roles[0].permissions[0]", "roles[0].key", "users[0].fullname", "users[0].username"], mixed.Places());

        var many = await admin.CompareAsync(new { version = 1, users = Enumerable.Range(0, 300).Select(_ => new { username = "X" }) });
        many.Refused(400, "bad_username");
        Assert.Equal(100, many.Places().Length);
    }

    [Fact]
    public async Task What_a_prune_deletes_cannot_be_referred_to()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("role_create", new { key = "old-role" })).Ok();
        var document = new { version = 1, roles = Array.Empty<object>(), users = new[] { new { username = "admin", roles = new[] { "admin", "old-role" } } } };

        (await admin.CompareAsync(document)).Ok();
        var refused = await admin.CompareAsync(document, prune: true);
        refused.Refused(404, "role_not_found");
        Assert.Equal(["users[0].roles[1]"], refused.Places());
    }

    [Fact]
    public async Task Permissions_are_registered_after_those_that_they_imply_however_they_stand_there()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var chain = Enumerable.Range(0, 2000).Select(number => new { key = $"p{number}", implies = number < 1999 ? new[] { $"p{number + 1}" } : [] });

        Assert.Equal("create permission:p1999", (await admin.CompareAsync(new { version = 1, permissions = chain })).Differences()[0]);
        var cycle = await admin.CompareAsync(new
        {
            version = 1,
            permissions = new[] { new { key = "aa", implies = new[] { "bb" } }, new { key = "bb", implies = new[] { "cc" } }, new { key = "cc", implies = new[] { "aa" } } },
        });
        cycle.Refused(400, "permission_cycle");
        Assert.Equal(3, cycle.Places().Length);
    }
}
