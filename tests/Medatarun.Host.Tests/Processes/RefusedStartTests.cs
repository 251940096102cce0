using System.Net;
using System.Net.Sockets;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>What cannot start says so in one sentence, with an exit code of its own, and without a stack trace.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Home => folder.At("home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_port_in_use()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await RefusesAsync(ServerExitCode.PortInUse, $"Port {port} of 127.0.0.1 is in use", "--home", Home, "--port", $"{port}");
    }

    [Fact]
    public async Task A_home_that_another_server_uses()
    {
        await using var server = await RunningServer.StartAsync(Home);
        var who = $"another server is using it (process {server.Process.Id} at {server.Url.OriginalString}";
        await RefusesAsync(ServerExitCode.DataFolder, who, "--home", Home, "--port", "0");
        Assert.True(File.Exists(server.StatePath));
    }

    [Fact]
    public async Task A_home_that_is_no_folder()
    {
        await File.WriteAllTextAsync(Home, "");
        await RefusesAsync(ServerExitCode.DataFolder, Home, "--home", Home);
    }

    [Fact]
    public async Task A_database_that_is_none()
    {
        Directory.CreateDirectory(Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(folder.At("home", "medatarun.db"), new string('x', 10_000));
        await RefusesAsync(ServerExitCode.DataFolder, "medatarun.db", "--home", Home, "--port", "0");
    }

    [Fact]
    public async Task A_home_that_others_can_write_to()
    {
        Directory.CreateDirectory(Home);
        File.SetUnixFileMode(Home, (UnixFileMode)0b111_111_111);
        await RefusesAsync(ServerExitCode.DataFolder, "chmod go-rwx", "--home", Home, "--port", "0");
    }

    [Fact]
    public async Task A_folder_that_holds_something_as_an_ephemeral_home()
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(folder.At("home", "precious"), "");
        await RefusesAsync(ServerExitCode.DataFolder, "not empty", "--home", Home, "--ephemeral");
        Assert.True(File.Exists(folder.At("home", "precious")));
    }

    [Theory]
    [InlineData("--prot=1", "--port")]
    [InlineData("--port=99999", "medatarun.server.port")]
    [InlineData("--medatarun.servr.port=1", "medatarun.server.port")]
    [InlineData("--medatarun.storage.engine=postgresql", "sqlite")]
    [InlineData("--host=192.0.2.1", "192.0.2.1")]
    public Task A_wrong_argument(string argument, string part) => RefusesAsync(ServerExitCode.Usage, part, "--home", Home, argument);

    [Fact]
    public Task An_unknown_variable() => RefusesWithAsync(
        ServerExitCode.Usage, "did you mean 'MEDATARUN_SERVER_PORT'?", new() { ["MEDATARUN_SERVR_PORT"] = "1" }, "--home", Home);

    [Fact]
    public async Task An_unknown_key_in_the_file_of_the_home_that_the_environment_names()
    {
        Directory.CreateDirectory(folder.At("home", "config"));
        await File.WriteAllTextAsync(folder.At("home", "config", "medatarun.properties"), "medatarun.nothing=1");
        await RefusesWithAsync(ServerExitCode.Usage, "'medatarun.nothing'", new() { ["MEDATARUN_HOME"] = Home });
    }

    private static Task RefusesAsync(int exitCode, string part, params string[] arguments) => RefusesWithAsync(exitCode, part, [], arguments);

    private static async Task RefusesWithAsync(int exitCode, string part, Dictionary<string, string> environment, params string[] arguments)
    {
        var result = await MedatarunProgram.RunAsync(["serve", .. arguments], environment);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(part, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", result.Error + result.Output, StringComparison.Ordinal);
    }
}
