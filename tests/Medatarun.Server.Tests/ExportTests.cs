using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>Users as rows that an import takes back, and how their passwords are kept.</summary>
public sealed class ExportTests
{
    private const string Password = Importing.Password;

    [Fact]
    public async Task What_one_server_exports_another_one_takes_and_everybody_signs_in_as_before()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await MakeUsersAsync(admin);
        var rows = await ExportAsync(admin, limit: 2, hashes: true);
        var (other, otherAdmin) = await TestServer.StartWithAdminAsync();
        await using var disposal = other;
        (await otherAdmin.CallAsync("group_create", new { key = "staff" })).Ok();

        var answer = await otherAdmin.ImportAsync(string.Concat(rows.Select(row => row.GetRawText() + "\n")));

        Assert.Equal((3, 0, 1, 0), answer.Counts());
        await other.SignInAsync("jo.doe", Password);
        (await other.Anonymous.CallAsync("login", new { username = "asleep", password = Password })).Refused(401, "bad_credentials");
        Assert.Equal(
            rows.Where(row => row.Text("username") != TestServer.AdminName).Select(row => row.GetRawText()),
            (await ExportAsync(otherAdmin, limit: 1000, hashes: true)).Where(row => row.Text("username") != TestServer.AdminName).Select(row => row.GetRawText()));
        Assert.Equal((0, 0, 4, 0), (await admin.ImportAsync(string.Concat(rows.Select(row => row.GetRawText() + "\n")), "if_exists=update")).Counts());
    }

    [Fact]
    public async Task Hashes_are_shown_only_when_asked_for_and_to_whom_they_may_be_and_that_is_recorded()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await MakeUsersAsync(admin);
        await admin.GiveOwnRoleAsync("jo.doe", "user_read", "user_manage");
        var reader = await server.SignInAsync("jo.doe", Password);

        Assert.DoesNotContain("pbkdf2", (await admin.CallAsync("user_export")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("pbkdf2", (await reader.CallAsync("user_export")).Body, StringComparison.Ordinal);
        (await reader.CallAsync("user_export", new { include_hashes = true })).Refused(403, "permission_denied");
        (await admin.CallAsync("user_export", new { include_hashes = true })).Ok();
        (await admin.CallAsync("user_export", new { limit = 1001 })).Refused(400, "invalid_request");

        Assert.Equal(
            ["jo.doe hashes permission_denied", "admin hashes ok"],
            Database.Rows(server, "SELECT actor_name || ' ' || target || ' ' || outcome FROM audit_events WHERE operation = 'auth/user_export' ORDER BY sequence"));
    }

    [Fact]
    public async Task The_summary_counts_what_is_still_to_be_upgraded()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        const string django = "pbkdf2_sha256$2600$seasalt2Aq9$0/fpBb64AFU53/jS0X2DIfSC+3yF5ebVQsId7jZd9RY=";
        await admin.ImportAsync(Importing.Lines(
            new { username = "one", fullname = "A", password_hash = django }, new { username = "two", fullname = "A", password_hash = django },
            new { username = "three", fullname = "A", password_hash = django }, new { username = "four", fullname = "A" }));

        Assert.Equal("5 1 3 1 3 0", await SummaryAsync(admin));
        await server.SignInAsync("one", "Correct.Horse.42");
        Assert.Equal("5 2 2 1 3 1", await SummaryAsync(admin));
        (await admin.CallAsync("user_change_password", new { username = "two", password = Password })).Ok();
        Assert.Equal("5 3 1 1 3 2", await SummaryAsync(admin));
        Assert.Equal((0, 1, 0, 0), (await admin.ImportAsync(Importing.Lines(new { username = "two", password_hash = django }), "if_exists=update")).Counts());
        Assert.Equal("5 2 2 1 3 1", await SummaryAsync(admin));
    }

    private static async Task<string> SummaryAsync(TestCaller admin)
    {
        var summary = (await admin.CallAsync("password_summary")).Ok();
        return string.Join(' ', new[] { "users", "current", "outdated", "without_password", "imported", "imported_and_upgraded" }
            .Select(name => summary.GetProperty(name).GetInt32()));
    }

    private static async Task MakeUsersAsync(TestCaller admin)
    {
        (await admin.CallAsync("group_create", new { key = "staff" })).Ok();
        Assert.Equal((3, 0, 0, 0), (await admin.ImportAsync(Importing.Lines(
            new { username = "jo.doe", fullname = "Jo Doe", email = "Jo@Example.org", password = Password, role = "reader", groups = new[] { "staff" } },
            new { username = "no.password", fullname = "No Password" },
            new { username = "asleep", fullname = "A Sleep", password = Password, disabled = true }))).Counts());
    }

    private static async Task<List<JsonElement>> ExportAsync(TestCaller admin, int limit, bool hashes)
    {
        var rows = new List<JsonElement>();
        string? after = null;
        do
        {
            var page = (await admin.CallAsync("user_export", new { limit, after, include_hashes = hashes })).Ok();
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, limit);
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        return rows;
    }
}
