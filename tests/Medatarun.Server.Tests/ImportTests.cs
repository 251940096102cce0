using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>What becomes of rows: created, updated, left, refused.</summary>
public sealed class ImportTests
{
    private const string Password = Importing.Password;

    [Fact]
    public async Task Users_are_made_as_their_rows_say_and_can_sign_in()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("group_create", new { key = "staff" })).Ok();

        var answer = await admin.ImportAsync(Importing.Lines(
            new { username = "jo.doe", fullname = "Jo Doe", email = "Jo@Example.org", password = Password, role = "manager", groups = new[] { "staff" } },
            new { username = "no.password", fullname = "No Password" },
            new { username = "asleep", fullname = "A Sleep", password = Password, disabled = true }));

        Assert.Equal((3, 0, 0, 0), answer.Counts());
        Assert.Equal(["1 jo.doe created", "2 no.password created", "3 asleep created"],
            answer.Results().Select(line => $"{line.Text("row")} {line.Text("username")} {line.Text("status")}"));
        var jo = (await admin.CallAsync("user_get", new { username = "jo.doe" })).Ok();
        Assert.Equal(answer.Results()[0].Text("id"), jo.GetProperty("id").GetString());
        Assert.Equal(("Jo Doe", "Jo@Example.org", "manager", "staff"), (
            jo.GetProperty("fullname").GetString(), jo.GetProperty("email").GetString(), jo.GetProperty("role").GetString(),
            jo.GetProperty("groups")[0].GetString()));
        await server.SignInAsync("jo.doe", Password);
        (await server.Anonymous.CallAsync("login", new { username = "asleep", password = Password })).Refused(401, "bad_credentials");
        (await server.Anonymous.CallAsync("login", new { username = "no.password", password = Password })).Refused(401, "bad_credentials");
    }

    [Fact]
    public async Task A_thousand_rows_with_fifty_bad_ones_of_ten_kinds_make_the_others_and_say_which_failed_and_why()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 10);
        await using var _ = server;
        await admin.CreateUserAsync("taken.name");
        (await admin.CallAsync("user_update", new { username = "taken.name", email = "taken@example.org" })).Ok();
        (string Line, string Code)[] bad =
        [
            ("{\"username\":", "malformed_request"),
            ("{\"fullname\":\"No Name\"}", "invalid_request"),
            ("{\"username\":\"Bad Name\",\"fullname\":\"Some One\"}", "bad_username"),
            ("{\"username\":\"bad.full\",\"fullname\":\"<b>\"}", "bad_fullname"),
            ("{\"username\":\"bad.mail\",\"fullname\":\"Some One\",\"email\":\"nowhere\"}", "bad_email"),
            ("{\"username\":\"bad.pass\",\"fullname\":\"Some One\",\"password\":\"short\"}", "bad_password"),
            ("{\"username\":\"taken.name\",\"fullname\":\"Some One\"}", "user_already_exists"),
            ("{\"username\":\"same.mail\",\"fullname\":\"Some One\",\"email\":\"Taken@example.org\"}", "email_already_used"),
            ("{\"username\":\"bad.role\",\"fullname\":\"Some One\",\"role\":\"nobody\"}", "role_not_found"),
            ("{\"username\":\"bcrypt\",\"fullname\":\"Some One\",\"password_hash\":\"$2b$12$abcdefghijklmnopqrstuv\"}", "unsupported_password_hash"),
        ];
        var lines = Enumerable.Range(0, 1000).Select(number => number % 20 == 7
            ? bad[number / 20 % bad.Length].Line + "\n"
            : Importing.Lines(Importing.Row($"user{number}")));

        var answer = await admin.ImportAsync(string.Concat(lines), "if_exists=fail");

        Assert.Equal((950, 0, 0, 50), answer.Counts());
        Assert.Equal(
            Enumerable.Range(0, 1000).Select(number => number % 20 == 7 ? bad[number / 20 % bad.Length].Code : "created"),
            answer.Results().Select(line => line.Outcome()));
        Assert.Equal(Enumerable.Range(1, 1000).Select(number => $"{number}"), answer.Results().Select(line => line.Text("row")));
        Assert.All(answer.Results().Where(line => line.Text("status") == "failed"), line =>
        {
            Assert.NotEmpty(line.Text("detail")!);
            Assert.Null(line.Text("id"));
        });
        Assert.Equal("952", Database.Text(server, "SELECT COUNT(*) FROM users"));
        Assert.DoesNotContain("abcdefghijklmnopqrstuv", answer.Body, StringComparison.Ordinal);

        var again = await admin.ImportAsync(Importing.Lines(Enumerable.Range(0, 1000).Where(number => number % 20 != 7).Select(number => Importing.Row($"user{number}"))));

        Assert.Equal((0, 0, 950, 0), again.Counts());
        Assert.Equal("952", Database.Text(server, "SELECT COUNT(*) FROM users"));
    }

    [Fact]
    public async Task A_row_that_fails_names_the_members_that_are_wrong()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var lines = (await admin.ImportAsync(
            """
            {"username":"one.two","username":"three","fullname":"A"}
            {"username":7}
            {"username":"both","fullname":"Some One","password":"Sunny.Day.0123456","password_hash":"x"}
            {"username":"hole","fullname":"Some One","groups":[null]}
            {"username":"new.one","email":"a@example.org"}
            """)).Results();

        Assert.Equal(["username", "username", "password_hash", "groups", "fullname"], lines.Select(line => line.GetProperty("errors").EnumerateObject().Single().Name));
        Assert.Equal(["'username' appears more than once.", "'username' must be a text."], lines.Take(2).Select(line => line.Text("detail")));
        Assert.All(lines, line => Assert.Equal("invalid_request", line.Outcome()));
    }

    [Fact]
    public async Task An_update_writes_what_differs_and_leaves_what_is_not_said()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("group_create", new { key = "staff" })).Ok();
        var row = new { username = "jo.doe", fullname = "Jo Doe", email = "jo@example.org", password = Password, role = "reader", groups = new[] { "staff" } };
        (await admin.ImportAsync(Importing.Lines(row))).Counts();
        var session = await server.SignInAsync("jo.doe", Password);
        var audited = Database.Text(server, "SELECT COUNT(*) FROM audit_events");

        Assert.Equal((0, 0, 1, 0), (await admin.ImportAsync(Importing.Lines(row), "if_exists=update")).Counts());
        Assert.Equal(audited, Database.Text(server, "SELECT COUNT(*) FROM audit_events"));
        (await session.CallAsync("whoami")).Ok();
        Assert.Equal((0, 1, 0, 0), (await admin.ImportAsync(Importing.Lines(new { username = "jo.doe", fullname = "Jo Smith" }), "if_exists=update")).Counts());
        Assert.Equal((0, 1, 0, 0), (await admin.ImportAsync(Importing.Lines(new { username = "jo.doe", email = "", groups = Array.Empty<string>() }), "if_exists=update")).Counts());

        var jo = (await admin.CallAsync("user_get", new { username = "jo.doe" })).Ok();
        Assert.Equal("Jo Smith", jo.GetProperty("fullname").GetString());
        Assert.Equal("reader", jo.GetProperty("role").GetString());
        Assert.True(jo.GetProperty("email").ValueKind is System.Text.Json.JsonValueKind.Null);
        Assert.Empty(jo.GetProperty("groups").EnumerateArray());
        (await session.CallAsync("whoami")).Ok();

        const string other = "Rainy.Night.6543210";
        Assert.Equal((0, 1, 0, 0), (await admin.ImportAsync(Importing.Lines(new { username = "jo.doe", password = other }), "if_exists=update")).Counts());
        (await session.CallAsync("whoami")).Refused(401, "invalid_token");
        await server.SignInAsync("jo.doe", other);
        Assert.Equal((0, 1, 0, 0), (await admin.ImportAsync(Importing.Lines(new { username = "jo.doe", disabled = true }), "if_exists=update")).Counts());
        (await server.Anonymous.CallAsync("login", new { username = "jo.doe", password = other })).Refused(401, "bad_credentials");
    }

    [Fact]
    public async Task Nobody_imports_more_authority_than_they_hold_nor_changes_who_holds_more()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("delegated");
        await admin.GiveOwnRoleAsync("delegated", "user_manage");
        var delegated = await server.SignInAsync("delegated", Password);

        var answer = await delegated.ImportAsync(
            Importing.Lines(
                new { username = "new.boss", fullname = "Some One", role = "admin" },
                new { username = TestServer.AdminName, fullname = "Taken Over" },
                new { username = TestServer.AdminName, password = Password },
                new { username = TestServer.AdminName, password = TestServer.AdminPassword },
                new { username = "plain", fullname = "Some One", role = "reader" }),
            "if_exists=update");

        Assert.Equal(["exceeds_authority", "exceeds_authority", "exceeds_authority", "exceeds_authority", "created"], answer.Results().Select(line => line.Outcome()));
        Assert.Equal("Administrator", (await admin.CallAsync("user_get", new { username = TestServer.AdminName })).Ok().GetProperty("fullname").GetString());
        await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
    }

    [Fact]
    public async Task The_last_administrator_stays_one_and_nobody_disables_themselves()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var answer = await admin.ImportAsync(
            Importing.Lines(
                new { username = TestServer.AdminName, role = "reader" }, new { username = TestServer.AdminName, disabled = true },
                Importing.Row("someone")),
            "if_exists=update");

        Assert.Equal(["last_admin", "not_yourself", "created"], answer.Results().Select(line => line.Outcome()));
    }

    [Fact]
    public async Task Rows_of_one_call_see_one_another()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var lines = Importing.Lines(Importing.Row("one.user", "one@example.org"), Importing.Row("one.user"), Importing.Row("two.user", "ONE@example.org"));

        Assert.Equal(["created", "existing", "email_already_used"], (await admin.ImportAsync(lines)).Results().Select(line => line.Outcome()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(600)]
    public async Task A_dry_run_says_the_same_and_keeps_nothing(int between)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 10);
        await using var _ = server;
        await admin.CreateUserAsync("there.already");
        object[] rows =
        [
            Importing.Row("first", "first@example.org"),
            .. Enumerable.Range(0, between).Select(number => Importing.Row($"other{number}")),
            Importing.Row("first"), Importing.Row("second", "First@example.org"), Importing.Row("there.already"), new { username = "new.one" },
        ];
        var before = Database.Text(server, "SELECT COUNT(*) FROM users") + Database.Text(server, "SELECT COUNT(*) FROM audit_events");

        var dry = await admin.ImportAsync(Importing.Lines(rows), "dry_run=true");

        Assert.Equal(before, Database.Text(server, "SELECT COUNT(*) FROM users") + Database.Text(server, "SELECT COUNT(*) FROM audit_events"));
        Assert.Equal(["existing", "email_already_used", "existing", "invalid_request"], dry.Results().TakeLast(4).Select(line => line.Outcome()));
        Assert.Null(dry.Results()[0].Text("id"));
        var real = await admin.ImportAsync(Importing.Lines(rows));
        Assert.Equal(dry.Results().Select(line => line.Outcome()), real.Results().Select(line => line.Outcome()));
    }

    [Fact]
    public async Task Each_changed_row_is_in_the_audit_log_and_no_secret_is()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.ImportAsync(Importing.Lines(Importing.Row("jo.doe"), Importing.Row("jo.doe"), new { username = "bad.role", fullname = "A", role = "nothing" }));

        Assert.Equal(
            [$"{TestServer.AdminName} jo.doe ok", $"{TestServer.AdminName} bad.role role_not_found"],
            Database.Rows(server, "SELECT actor_name || ' ' || target || ' ' || outcome FROM audit_events WHERE operation = 'auth/user_import' ORDER BY sequence"));
        Assert.DoesNotContain(Password, server.Log.Text, StringComparison.Ordinal);
    }
}
