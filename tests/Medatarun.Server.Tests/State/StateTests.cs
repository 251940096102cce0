using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

public sealed class StateTests
{
    private const string Password = "Sunny.Day.0123456";

    private static readonly object Everything = new
    {
        version = 1,
        settings = new { automatic_role = "reader" },
        permissions = new object[]
        {
            new { key = "app.write", description = "Writes.", implies = new[] { "app.read", "user_read" } },
            new { key = "app.read", category = "app" },
        },
        roles = new object[]
        {
            new { key = "help-desk", name = "Help desk", permissions = new[] { "user_manage", "app.write" } },
            new { key = "app-admin", permissions = new[] { "app.write" } },
        },
        groups = new object[] { new { key = "staff", description = "All.", roles = new[] { "help-desk" } }, new { key = "empty" } },
        users = new object[]
        {
            new { username = "anna.kovacs", fullname = "Anna Kovács", email = "anna@example.org", groups = new[] { "staff" } },
            new { username = "ben.okoro", fullname = "Ben Okoro", roles = new[] { "app-admin", "manager" }, disabled = true },
        },
        service_accounts = new object[] { new { name = "runner", roles = new[] { "app-admin" }, groups = new[] { "staff" } } },
    };

    [Fact]
    public async Task What_was_exported_and_changed_by_hand_is_named_and_put_back()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(Everything)).Ok();
        var exported = await admin.ExportAsync();

        (await admin.CallAsync("user_update", new { username = "anna.kovacs", fullname = "Anna Nagy", groups = Array.Empty<string>() })).Ok();
        (await admin.CallAsync("user_enable", new { username = "ben.okoro" })).Ok();
        (await admin.CallAsync("role_delete_permission", new { roleRef = "help-desk", permissionKey = "user_manage" })).Ok();
        (await admin.CallAsync("group_delete", new { groupRef = "empty" })).Ok();
        (await admin.CallAsync("user_create", new { username = "intruder", fullname = "In Truder", password = Password })).Ok();

        var compared = await admin.CompareAsync(exported, prune: true);
        Assert.Equal(
            ["update role:help-desk", "create group:empty", "update user:anna.kovacs", "update user:ben.okoro", "delete user:intruder"],
            compared.Differences());
        Assert.Equal(["permissions: app.write -> app.write, user_manage"], compared.Changes());
        Assert.Equal(["fullname: Anna Nagy -> Anna Kovács", "groups:  -> staff"], compared.Changes(2));
        Assert.False(compared.Ok().GetProperty("in_step").GetBoolean());

        Assert.Equal(compared.Differences(), (await admin.ApplyAsync(exported, prune: true, expected: compared.Fingerprint())).Differences());
        Assert.Empty((await admin.CompareAsync(exported, prune: true)).Differences());
        Assert.True(JsonNode.DeepEquals(exported, await admin.ExportAsync()));
    }

    [Fact]
    public async Task A_whole_state_is_made_at_once_and_a_second_time_nothing_changes()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var made = await admin.ApplyAsync(Everything);
        Assert.Equal(
            [
                "create permission:app.read", "create permission:app.write", "create role:app-admin", "create role:help-desk",
                "create group:empty", "create group:staff", "create user:anna.kovacs", "create user:ben.okoro",
                "create service_account:runner", "update settings:settings",
            ],
            made.Differences());
        var again = await admin.ApplyAsync(Everything);

        Assert.Empty(again.Differences());
        Assert.True(again.Ok().GetProperty("in_step").GetBoolean());
        Assert.Equal(made.Fingerprint(), again.Fingerprint());
        Assert.Equal(made.Fingerprint(), (await admin.CompareAsync(Everything)).Fingerprint());
        var ben = (await admin.CallAsync("user_get", new { username = "ben.okoro" })).Ok();
        Assert.Equal("""["app-admin","manager"]""", ben.GetProperty("roles").ToString());
        Assert.True(ben.GetProperty("disabled").GetBoolean());
        // The role that comes by itself is the one that the same document sets up.
        var anna = (await admin.CallAsync("user_get", new { username = "anna.kovacs" })).Ok();
        Assert.Equal("""["help-desk","reader"]""", anna.GetProperty("roles").ToString());
    }

    [Fact]
    public async Task Every_thing_that_changes_is_one_audit_record()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.ApplyAsync(new { version = 1, roles = new[] { new { key = "one" } }, groups = new[] { new { key = "two" } } })).Ok();
        (await admin.ApplyAsync(new { version = 1, roles = new[] { new { key = "one", name = "One" } }, groups = Array.Empty<object>() }, prune: true)).Ok();

        Assert.Equal(
            ["role:one created", "group:two created", "2 changes", "role:one updated", "group:two deleted", "2 changes"],
            Database.Rows(server, "SELECT target FROM audit_events WHERE operation = 'state/apply' AND actor_name = 'admin' AND outcome = 'ok' ORDER BY sequence"));
    }

    [Fact]
    public async Task A_section_that_is_left_out_is_not_looked_at_and_so_is_a_member()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(Everything)).Ok();
        var before = await admin.ExportAsync();

        var done = await admin.ApplyAsync(new { version = 1, roles = new[] { new { key = "help-desk" }, new { key = "app-admin" } } }, prune: true);

        Assert.Empty(done.Differences());
        Assert.True(JsonNode.DeepEquals(before, await admin.ExportAsync()));
    }

    [Fact]
    public async Task Without_prune_nothing_is_deleted()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(Everything)).Ok();

        Assert.Empty((await admin.ApplyAsync(new { version = 1, roles = Array.Empty<object>(), users = Array.Empty<object>() })).Differences());
    }

    [Fact]
    public async Task An_export_names_only_what_was_asked_for()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var some = (await admin.GetAsync("/api/state/export?sections=users,settings")).Ok();

        Assert.Equal(["version", "settings", "users"], some.EnumerateObject().Select(member => member.Name));
        (await admin.GetAsync("/api/state/export?sections=usrs")).Refused(400, "invalid_request");
    }

    [Fact]
    public async Task A_plan_is_refused_once_the_server_has_moved_on()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var plan = await admin.CompareAsync(Everything);
        await admin.CreateUserAsync("somebody.else");
        var before = await admin.ExportAsync();

        (await admin.ApplyAsync(Everything, expected: plan.Fingerprint())).Refused(409, "state_changed");

        Assert.True(JsonNode.DeepEquals(before, await admin.ExportAsync()));
        (await admin.ApplyAsync(Everything, expected: (await admin.CompareAsync(Everything)).Fingerprint())).Ok();
    }

    [Fact]
    public async Task Applications_at_once_are_one_after_the_other_and_end_in_step()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var other = new { version = 1, groups = new[] { new { key = "others" } }, users = new[] { new { username = "other", fullname = "Other", groups = new[] { "others" } } } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => admin.ApplyAsync(number % 2 == 0 ? Everything : other)));

        Assert.All(answers, answer => answer.Ok());
        Assert.Equal(2, answers.Count(answer => answer.Differences().Length > 0));
        Assert.Empty((await admin.CompareAsync(Everything)).Differences());
        Assert.Empty((await admin.CompareAsync(other)).Differences());
    }

    [Fact]
    public async Task Passwords_come_beside_the_document_and_are_used_once()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var document = new { version = 1, users = new[] { new { username = "jo.doe", fullname = "Jo", password = new { env = "JO_PASSWORD" } } } };

        Assert.Equal(["users[0].password"], (await admin.ApplyAsync(document)).Places());
        var weak = await admin.ApplyAsync(document, passwords: new { jo_doe = "x" });
        Assert.Equal(["users[0].password", "passwords.jo_doe"], weak.Places());
        var policy = await admin.ApplyAsync(document, passwords: new Dictionary<string, string> { ["jo.doe"] = "too-short" });
        Assert.Equal("users[0].password", Assert.Single(policy.Places()));
        policy.Refused(400, "bad_password");

        var made = await admin.ApplyAsync(document, passwords: new Dictionary<string, string> { ["jo.doe"] = Password });
        Assert.Equal(["fullname:  -> Jo", "password:  -> env JO_PASSWORD"], made.Changes());
        await server.SignInAsync("jo.doe", Password);

        Assert.Empty((await admin.ApplyAsync(document, passwords: new Dictionary<string, string> { ["jo.doe"] = "Another.Day.0123456" })).Differences());
        await server.SignInAsync("jo.doe", Password);
    }

    [Fact]
    public async Task A_user_without_a_password_cannot_sign_in_until_somebody_sets_one()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(new { version = 1, users = new[] { new { username = "jo.doe", fullname = "Jo" } } })).Ok();

        (await server.Anonymous.CallAsync("login", new { username = "jo.doe", password = Password })).Refused(401, "bad_credentials");
        (await admin.CallAsync("user_change_password", new { username = "jo.doe", password = Password })).Ok();
        await server.SignInAsync("jo.doe", Password);
    }

    [Fact]
    public async Task No_secret_is_in_any_answer_log_record_or_file()
    {
        const string Sentinel = "Sentinel.Secret.4711";
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var document = new { version = 1, users = new[] { new { username = "jo.doe", fullname = "Jo", password = new { env = "JO" } } } };
        var passwords = new Dictionary<string, string> { ["jo.doe"] = Sentinel };

        string[] bodies =
        [
            (await admin.ApplyAsync(new { version = 2, document.users }, passwords: passwords)).Body,
            (await admin.ApplyAsync(document, expected: "another", passwords: passwords)).Body,
            (await admin.ApplyAsync(document, passwords: passwords)).Body,
            (await admin.ApplyAsync(document, passwords: passwords)).Body,
            (await admin.ExportAsync()).ToJsonString(),
        ];

        Assert.All(bodies, body => Assert.DoesNotContain("Sentinel", body, StringComparison.Ordinal));
        Assert.DoesNotContain("Sentinel", server.Log.Text, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(server.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("Sentinel", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }
}
