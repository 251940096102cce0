using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class AuditTests
{
    private const string Password = "Sunny.Day.0123456";

    private static IReadOnlyList<string> Records(TestServer server) => Database.Rows(
        server,
        "SELECT operation || ' ' || COALESCE(actor_name, '-') || ' ' || COALESCE(target, '-') || ' ' || outcome FROM audit_events ORDER BY sequence");

    [Theory]
    [InlineData("session_revoke")]
    [InlineData("api_token_revoke")]
    public async Task What_is_no_id_is_not_kept_because_it_may_be_a_token_that_was_sent_by_mistake(string operation)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        Assert.Equal(404, (await admin.CallAsync(operation, new { id = admin.Token })).Status);

        Assert.Equal("", Database.Text(server, $"SELECT target FROM audit_events WHERE operation = 'auth/{operation}'"));
    }

    [Fact]
    public async Task Every_change_and_every_authentication_decision_is_one_record()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CallAsync("user_create", new { username = "john.doe", fullname = "John", password = Password });
        await server.Anonymous.CallAsync("login", new { username = "john.doe", password = "wrong" });
        var john = await server.SignInAsync("john.doe", Password);
        await john.CallAsync("user_disable", new { username = "admin" });
        await john.CallAsync("whoami");
        await admin.CallAsync("user_list");
        await john.CallAsync("logout");
        await admin.CallAsync("user_disable", new { username = "admin" });

        Assert.Equal(
        [
            "auth/admin_bootstrap - admin ok",
            "auth/user_create admin john.doe ok",
            "auth/login - john.doe bad_credentials",
            "auth/login - john.doe ok",
            "auth/user_disable john.doe - permission_denied",
            "auth/logout john.doe john.doe ok",
            "auth/user_disable admin admin not_yourself",
        ],
        Records(server));
    }

    [Fact]
    public async Task Sequence_numbers_have_no_gap_under_concurrency()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => admin.CallAsync("user_enable", new { username = $"nobody{number}" })));

        Assert.Equal("51 51", Database.Text(server, "SELECT COUNT(*) || ' ' || MAX(sequence) FROM audit_events"));
    }

    [Fact]
    public async Task Control_characters_in_a_target_are_escaped_and_it_is_cut()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var __ = server;

        await server.Anonymous.CallAsync("login", new { username = "a\r\n\u001b[31m\u202e" + new string('x', 500), password = "x" });

        var target = Database.Text(server, "SELECT target FROM audit_events WHERE outcome = 'bad_credentials'");
        Assert.StartsWith(@"a\u000d\u000a\u001b[31m\u202ex", target, StringComparison.Ordinal);
        Assert.True(target.Length < 250);
    }

    [Fact]
    public async Task No_secret_is_found_in_database_log_or_problems()
    {
        const string sentinel = "Sentinel.Secret.4711";
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        string log;
        var answers = new List<string>();
        List<string> secrets = [sentinel];
        await using (var server = await TestServer.StartAsync(folder))
        {
            secrets.Add(server.BootstrapSecret!.Reveal());
            var admin = await server.BootstrapAsync();
            secrets.Add(TestServer.AdminPassword);
            secrets.Add(admin.Token.Split('.')[2]);
            await admin.CreateUserAsync("john.doe", sentinel);
            var john = await server.SignInAsync("john.doe", sentinel);
            secrets.Add(john.Token.Split('.')[2]);
            answers.Add((await admin.CallAsync("user_create", new { username = "x", fullname = "y", password = sentinel })).Body);
            answers.Add((await admin.CallAsync("user_change_password", new { username = "nobody", password = sentinel })).Body);
            answers.Add((await server.Anonymous.CallAsync("login", new { username = "john.doe", password = sentinel + "x" })).Body);
            answers.Add((await john.CallAsync("change_my_password", new { oldPassword = sentinel, newPassword = "x" + sentinel[..6] })).Body);
            answers.Add((await admin.CallAsync("user_list")).Body);
            log = server.Log.Text;
        }

        var files = Directory.GetFiles(folder).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        foreach (var text in files.Concat(answers).Append(log))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        Directory.Delete(folder, recursive: true);
    }
}
