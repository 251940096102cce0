using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary><c>medatarun auth user_import</c> against a server in a process of its own, which may be killed.</summary>
public sealed class UserImportTests : IDisposable
{
    private const string Password = "admin.0123456789";
    private const string Original = "3100:AQIDBAUGBwgJCgsMDQ4PEA==:f0oZ6AB9KDLLao7hMfgHogwW0FxSkGzS2lSoDSevKwY=";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = [];

    private string Home => folder.At("home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Lines_go_in_and_results_come_out_and_the_exit_code_says_whether_a_row_failed()
    {
        await using var server = await RunningServer.StartAsync(Home);
        await BootstrapAsync(server);

        var good = await MedatarunProgram.RunAsync(["auth", "user_import"], environment, Lines(0, 3) + "\n\r\n" + Lines(3, 3).TrimEnd('\n'));
        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Equal(["created", "created", "created", "created", "created", "created"], Statuses(good.Output));
        Assert.Equal(6, Read(good.Output)[^1].GetProperty("summary").GetProperty("created").GetInt32());

        var bad = await MedatarunProgram.RunAsync(["auth", "user_import", "--if-exists=fail", "--dry_run=true"], environment, "{oops\n" + Lines(5, 2));
        Assert.Equal((1, ""), (bad.ExitCode, bad.Error));
        Assert.Equal(["malformed_request", "user_already_exists", "created"], Statuses(bad.Output));
        Assert.Equal(7, Number("SELECT COUNT(*) FROM users"));

        var usage = await MedatarunProgram.RunAsync(["auth", "user_import", "--if_exist=skip"], environment);
        Assert.Equal(2, usage.ExitCode);
        Assert.Contains("--if_exists", usage.Error, StringComparison.Ordinal);
        var refused = await MedatarunProgram.RunAsync(["auth", "user_import", "--if_exists=never"], environment, Lines(0, 1));
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("'if_exists' must be", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_has_whole_users_and_the_same_import_again_makes_each_exactly_once()
    {
        const int rows = 3000;
        await using (var server = await RunningServer.StartAsync(Home))
        {
            await BootstrapAsync(server);
            using var import = MedatarunProgram.Start(["auth", "user_import"], environment);
            var feeding = FeedAsync(import, Lines(0, rows));
            for (var line = 0; line < 700; line++)
            {
                Assert.Contains("created", await import.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            server.Process.Kill();
            var cut = await MedatarunProgram.EndAsync(import);
            await feeding;
            Assert.Equal(1, cut.ExitCode);
            Assert.NotEmpty(cut.Error);
        }

        await using (var server = await RunningServer.StartAsync(Home, pending: false))
        {
            environment["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString;
            var there = Number("SELECT COUNT(*) FROM users") - 1;
            Assert.InRange(there, 700, rows - 1);
            Assert.Equal(there, Number("SELECT COUNT(*) FROM audit_events WHERE operation = 'auth/user_import'"));
            Assert.Equal(there, Number("SELECT COUNT(*) FROM actors WHERE kind = 'user' AND subject <> 'admin'"));

            using var repeated = MedatarunProgram.Start(["auth", "user_import"], environment);
            var refeeding = FeedAsync(repeated, Lines(0, rows));
            var again = await MedatarunProgram.EndAsync(repeated);
            await refeeding;

            Assert.Equal(0, again.ExitCode);
            Assert.Equal(there, Statuses(again.Output).Count(status => status == "existing"));
            Assert.Equal(rows - there, Statuses(again.Output).Count(status => status == "created"));
            Assert.Equal(rows, Number("SELECT COUNT(DISTINCT target) FROM audit_events WHERE operation = 'auth/user_import'"));
            Assert.Equal(rows + 1, Number("SELECT COUNT(*) FROM users"));
        }
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_the_middle_answers_what_it_has_done_and_says_that_it_stops()
    {
        await using var server = await RunningServer.StartAsync(Home);
        await BootstrapAsync(server);
        using var import = MedatarunProgram.Start(["auth", "user_import"], environment);
        var feeding = FeedAsync(import, Lines(0, 20_000));
        Assert.Contains("created", await import.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var ending = MedatarunProgram.EndAsync(import);
        var stopped = await server.StopAsync();
        var cut = await ending;
        await feeding;

        Assert.Equal(0, stopped.ExitCode);
        Assert.Equal(1, cut.ExitCode);
        Assert.Matches("stopping|reached", cut.Error);
        var answered = 1 + cut.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.InRange(Number("SELECT COUNT(*) FROM users") - 1, answered, 19_999);
    }

    private static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(number => number % 300 == 299
        ? $$"""{"username":"user{{number}}","fullname":"Some One","password":"Sunny.Day.0123456"}""" + "\n"
        : $$"""{"username":"user{{number}}","fullname":"Some One","password_hash":"{{Original}}"}""" + "\n"));

    private static List<JsonElement> Read(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static List<string> Statuses(string output) =>
    [
        .. Read(output).SkipLast(1).Select(line => line.TryGetProperty("code", out var code) ? code.GetString()! : line.GetProperty("status").GetString()!),
    ];

    private static async Task FeedAsync(System.Diagnostics.Process import, string lines)
    {
        try
        {
            await import.StandardInput.WriteAsync(lines);
            import.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading the rest, which is what happens when its server is gone.
        }
    }

    private async Task BootstrapAsync(RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.PostAsJsonAsync(
            new Uri("api/auth/admin_bootstrap", UriKind.Relative),
            new { secret = server.BootstrapSecret, username = "admin", fullname = "Administrator", password = Password });
        answer.EnsureSuccessStatusCode();
        environment["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString;
        environment["MEDATARUN_AUTH_TOKEN"] = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Home, "medatarun.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
