using System.Text.Json;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>A server that has nobody starts as it is declared.</summary>
public sealed class ServeStateTests : IDisposable
{
    private const string Password = "Sunny.Day.0123456";

    private readonly TemporaryFolder folder = new();

    private string Home => folder.At("home");

    private string Document => folder.At("state.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_empty_home_is_seeded_once_and_keeps_what_it_has_after_that()
    {
        await DeclareAsync("""{"version":1,"users":[{"username":"root.admin","fullname":"Root","roles":["admin"],"password":{"file":"root.secret"}}]}""");
        await File.WriteAllTextAsync(folder.At("root.secret"), Password);
        await using (var server = await RunningServer.StartAsync(Home, ["--state", Document], pending: false))
        {
            Assert.Contains($"The state of {Document} was applied: 1 changes", server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("BOOTSTRAP", server.Output, StringComparison.Ordinal);
            Assert.False(server.State.BootstrapPending);
            Assert.Equal(ServerExitCode.Success, (await SignInAsync(server)).ExitCode);
            await server.StopAsync();
        }

        // Neither the document nor the secret is needed any more.
        File.Delete(Document);
        await using var again = await RunningServer.StartAsync(Home, ["--state", Document], pending: false);
        Assert.Contains("was not applied: this server has somebody already", again.Output, StringComparison.Ordinal);
        Assert.Equal(ServerExitCode.Success, (await SignInAsync(again)).ExitCode);
    }

    [Fact]
    public async Task Without_an_administrator_there_is_a_bootstrap_secret()
    {
        await DeclareAsync("""{"version":1,"groups":[{"key":"staff"}],"users":[{"username":"jo.doe","fullname":"Jo","groups":["staff"]}]}""");
        await using var server = await RunningServer.StartAsync(Home, [$"--medatarun.state.file={Document}"]);

        Assert.NotEmpty(server.BootstrapSecret);
        Assert.True(server.State.BootstrapPending);
    }

    [Theory]
    [InlineData("""{"version":1,"groups":[{"key":"left-over"}],"users":[{"username":"X","fullname":"X"},{"username":"jo.doe"}]}""", "users[1].fullname")]
    [InlineData("""{"version":1,"usrs":[]}""", "'usrs'")]
    [InlineData("""{"version":1,"users":[{"username":"jo.doe","fullname":"Jo","password":{"env":"MISSING_PASSWORD"}}]}""", "MISSING_PASSWORD")]
    public async Task What_cannot_be_applied_stops_the_start_and_the_corrected_one_is_applied(string document, string part)
    {
        await DeclareAsync(document);
        var refused = await MedatarunProgram.RunAsync(["serve", "--home", Home, "--port", "0", "--state", Document]);
        Assert.Equal(ServerExitCode.Usage, refused.ExitCode);
        Assert.Contains(part, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);

        await DeclareAsync("""{"version":1,"groups":[{"key":"staff"}]}""");
        await using var server = await RunningServer.StartAsync(Home, ["--state", Document]);
        Assert.Contains("was applied: 1 changes", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_server_starts_as_it_is_declared_too()
    {
        await File.WriteAllTextAsync(folder.At("root.secret"), Password);
        await DeclareAsync("""{"version":1,"users":[{"username":"root.admin","fullname":"Root","roles":["admin"],"password":{"file":"root.secret"}}]}""");
        await using var server = await RunningServer.StartManagedAsync(Home, "{}", "--ephemeral", "--state", Document);

        Assert.Equal(ServerExitCode.Success, (await SignInAsync(server)).ExitCode);
    }

    private static async Task<ProgramResult> SignInAsync(RunningServer server)
    {
        var result = await MedatarunProgram.RunAsync(
            ["auth", "login", "--username=root.admin", $"--password={Password}"],
            new Dictionary<string, string> { ["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString });
        Assert.True(JsonDocument.Parse(result.Output).RootElement.GetProperty("user").GetProperty("admin").GetBoolean());
        return result;
    }

    private Task DeclareAsync(string document) => File.WriteAllTextAsync(Document, document);
}
