using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>A state in a file, and the real program that keeps a server in step with it.</summary>
public sealed class StateCommandTests : IAsyncLifetime
{
    private const int Drift = 2;
    private const string Sentinel = "Sentinel.Secret.4711";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> environment = [];
    private RunningServer server = null!;

    private string Document => folder.At("state.json");

    private string Plan => folder.At("plans", "plan.json");

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.StartAsync(folder.At("home"));
        environment["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString;
        Directory.CreateDirectory(folder.At("plans"));
        var answer = await RunAsync(
            "auth", "admin_bootstrap", "--username=admin", "--fullname=Administrator", "--password=admin.0123456789",
            $"--secret={server.BootstrapSecret}");
        environment["MEDATARUN_AUTH_TOKEN"] = JsonDocument.Parse(answer.Output).RootElement.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_file_is_compared_applied_and_compared_again()
    {
        await File.WriteAllTextAsync(Document, """{"version":1,"groups":[{"key":"staff"}],"users":[{"username":"jo.doe","fullname":"Jo","groups":["staff"]}]}""");

        var drift = await RunAsync("state", "compare", $"--file={Document}");
        Assert.Equal((Drift, ""), (drift.ExitCode, drift.Error));
        Assert.Equal("create group staff\ncreate user jo.doe\n  fullname  Jo\n  groups    staff\n2 differences.\n", drift.Output);

        var applied = await RunAsync("state", "apply", "--file", Document);
        Assert.Equal((ServerExitCode.Success, ""), (applied.ExitCode, applied.Error));
        Assert.EndsWith("2 changes made.\n", applied.Output, StringComparison.Ordinal);
        Assert.Equal((ServerExitCode.Success, "In step.\n"), Both(await RunAsync("state", "compare", "--file", Document)));
        Assert.Equal((ServerExitCode.Success, "In step: nothing was changed.\n"), Both(await RunAsync("state", "apply", "--file", Document)));
    }

    [Fact]
    public async Task An_export_changed_by_hand_is_drift_and_applied_it_is_none()
    {
        Assert.Equal((ServerExitCode.Success, ""), Both(await RunAsync("state", "export", $"--output={Document}")));
        Assert.Equal(await File.ReadAllTextAsync(Document), (await RunAsync("state", "export")).Output);
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Document))!;
        Assert.Equal((ServerExitCode.Success, "In step.\n"), Both(await RunAsync("state", "compare", "--file", Document, "--prune")));

        document["users"]![0]!["fullname"] = "Root";
        var piped = await MedatarunProgram.RunAsync(["state", "compare", "--file=-", "--json"], environment, document.ToJsonString());
        Assert.Equal(Drift, piped.ExitCode);
        Assert.Equal("fullname", (string?)JsonNode.Parse(piped.Output)!["differences"]![0]!["changes"]![0]!["member"]);
        await RunAsync("auth", "group_create", "--key=by-hand");

        await File.WriteAllTextAsync(Document, document.ToJsonString());
        var applied = await RunAsync("state", "apply", "--file", Document, "--prune");
        Assert.Equal("update user admin\n  fullname  Administrator -> Root\ndelete group by-hand\n2 changes made.\n", applied.Output);
        Assert.Equal((ServerExitCode.Success, "In step.\n"), Both(await RunAsync("state", "compare", "--file", Document, "--prune")));
        Assert.Equal("users", JsonDocument.Parse((await RunAsync("state", "export", "--sections=users")).Output).RootElement.EnumerateObject().Last().Name);
    }

    [Fact]
    public async Task A_plan_is_applied_as_it_is_or_not_at_all()
    {
        await File.WriteAllTextAsync(folder.At("jo.secret"), Sentinel + "\n");
        await File.WriteAllTextAsync(
            Document, """{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{"file":"jo.secret"}}]}""");
        Assert.Equal(Drift, (await RunAsync("state", "compare", "--file", Document, "--plan", Plan)).ExitCode);
        Assert.DoesNotContain("Sentinel", await File.ReadAllTextAsync(Plan), StringComparison.Ordinal);

        await RunAsync("auth", "group_create", "--key=by-hand");
        var refused = await RunAsync("state", "apply", "--plan", Plan);
        Assert.Equal((ServerExitCode.Failure, ""), Both(refused));
        Assert.Contains("has changed since the plan was made", refused.Error, StringComparison.Ordinal);

        await RunAsync("state", "compare", "--file", Document, "--plan", Plan);
        // The reference leads to the same file from the plan's folder.
        var applied = await RunAsync("state", "apply", "--plan", Plan);
        Assert.Equal((ServerExitCode.Success, ""), (applied.ExitCode, applied.Error));
        Assert.Equal(ServerExitCode.Success, (await RunAsync("auth", "login", "--username=jo.doe", $"--password={Sentinel}")).ExitCode);
        Assert.Equal(ServerExitCode.Failure, (await RunAsync("state", "apply", "--plan", Plan)).ExitCode);
    }

    [Fact]
    public async Task Secrets_come_from_the_environment_and_are_printed_nowhere()
    {
        await File.WriteAllTextAsync(
            Document,
            """
            {"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{"env":"JO_PASSWORD"}},
             {"username":"zoe.doe","fullname":"Zoe","password":{"file":"nothing.here"}}]}
            """);
        var missing = await RunAsync("state", "apply", "--file", Document);
        Assert.Equal((ServerExitCode.Failure, ""), Both(missing));
        Assert.Contains("users[0].password: The environment variable 'JO_PASSWORD' is not set", missing.Error, StringComparison.Ordinal);
        Assert.Contains("users[1].password: There is no file", missing.Error, StringComparison.Ordinal);

        environment["JO_PASSWORD"] = Sentinel;
        await File.WriteAllTextAsync(folder.At("nothing.here"), "sentinel");
        var weak = await RunAsync("state", "apply", "--file", Document);
        Assert.Equal((ServerExitCode.Failure, ""), Both(weak));
        Assert.Contains("users[1].password", weak.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sentinel", weak.Error, StringComparison.OrdinalIgnoreCase);

        await File.WriteAllTextAsync(folder.At("nothing.here"), Sentinel);
        var applied = await RunAsync("state", "apply", "--file", Document);
        Assert.Equal(ServerExitCode.Success, applied.ExitCode);
        Assert.DoesNotContain("Sentinel", applied.Output + applied.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Sentinel", await File.ReadAllTextAsync(server.LogPath), StringComparison.Ordinal);
        // Once the users are there, nobody needs their first passwords.
        environment.Remove("JO_PASSWORD");
        Assert.Equal(ServerExitCode.Success, (await RunAsync("state", "apply", "--file", Document)).ExitCode);
    }

    [Theory]
    [InlineData("state needs-help", "There is no command 'state needs-help'")]
    [InlineData("state", "medatarun help state")]
    [InlineData("state cmpare", "'compare'")]
    [InlineData("state compare", "needs --file")]
    [InlineData("state compare --fil=x", "--file")]
    [InlineData("state compare --file", "--file needs a value")]
    [InlineData("state compare --file=x --file=y", "twice")]
    [InlineData("state compare --file=x --prune=perhaps", "--prune")]
    [InlineData("state compare --file=nothing.here", "nothing.here cannot be read")]
    [InlineData("state apply", "either --file")]
    [InlineData("state apply --plan=x --prune", "leave out --prune")]
    [InlineData("state export x", "neither")]
    public async Task Nothing_that_fails_looks_like_drift(string command, string part)
    {
        var result = await RunAsync(command.Split(' '));
        Assert.Equal((ServerExitCode.Failure, ""), Both(result));
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":1,"usrs":[]}""", "Line 1: 'usrs'")]
    [InlineData("{\n\"version\":1,", "Line 2")]
    [InlineData("""{"version":1,"version":1}""", "at most once")]
    [InlineData("""{"version":1,"users":[{"username":"X"}]}""", "users[0].username: Bad username")]
    public async Task A_document_that_cannot_be_read_fails_with_the_place(string text, string part)
    {
        await File.WriteAllTextAsync(Document, text);
        var result = await RunAsync("state", "compare", "--file", Document);
        Assert.Equal((ServerExitCode.Failure, ""), Both(result));
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Both(ProgramResult result) => (result.ExitCode, result.Output);

    private Task<ProgramResult> RunAsync(params string[] arguments) => MedatarunProgram.RunAsync(arguments, environment);
}
