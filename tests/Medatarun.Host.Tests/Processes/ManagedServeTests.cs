using System.Diagnostics;
using System.Net.Sockets;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

public sealed class ManagedServeTests : IDisposable
{
    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const string Secret = "sentinel-bootstrap-secret-0123456789";

    private readonly TemporaryFolder folder = new();

    private string Home => folder.At("home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_is_gone_within_two_seconds_of_its_parent()
    {
        await using var server = await RunningServer.StartManagedAsync(Home, "{}");
        var watch = Stopwatch.StartNew();
        server.Process.StandardInput.Close();
        var result = await MedatarunProgram.EndAsync(server.Process);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.Equal(ServerExitCode.Success, result.ExitCode);
        Assert.False(File.Exists(server.StatePath));
    }

    [Fact]
    public async Task A_request_in_flight_does_not_keep_it_when_its_parent_is_gone()
    {
        await using var server = await RunningServer.StartManagedAsync(Home, "{}");
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port);
        await client.GetStream().WriteAsync(
            "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{"u8.ToArray());
        var watch = Stopwatch.StartNew();
        server.Process.StandardInput.Close();
        await MedatarunProgram.EndAsync(server.Process);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task It_prints_nothing_and_takes_the_bootstrap_secret_from_standard_input()
    {
        await using var server = await RunningServer.StartManagedAsync(Home, $$"""{"bootstrap_secret":"{{Secret}}"}""");
        var bootstrap = await MedatarunProgram.RunAsync(
            ["auth", "admin_bootstrap", "--username=admin", "--fullname=Administrator", "--password=admin.0123456789", "--secret=-"],
            new Dictionary<string, string> { ["MEDATARUN_PUBLIC_BASE_URL"] = server.Url.OriginalString },
            Secret + "\n");
        var result = await server.StopAsync();

        Assert.Equal((ServerExitCode.Success, ""), (bootstrap.ExitCode, bootstrap.Error));
        Assert.Equal((ServerExitCode.Success, "", ""), (result.ExitCode, result.Output, result.Error));
        Assert.DoesNotContain(Secret, await File.ReadAllTextAsync(server.LogPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detached_one_goes_on_without_its_parent_and_whatever_the_terminal_does()
    {
        await using var server = await RunningServer.StartManagedAsync(Home, "{}", "--detached");
        Assert.True(server.State.Detached);
        server.Process.StandardInput.Close();
        await GoesOnAsync(server, Hangup, Interrupt, Quit);
    }

    [Fact]
    public async Task The_keys_of_the_terminal_are_left_to_the_shell()
    {
        await using var server = await RunningServer.StartManagedAsync(Home, "{}");
        await GoesOnAsync(server, Interrupt, Quit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("hello\n")]
    [InlineData("null\n")]
    [InlineData("{\"bootstrap_secret\":7}\n")]
    [InlineData("{\"bootstrap_secret\":\"too short\"}\n")]
    public async Task A_start_line_that_is_wrong_is_one_sentence_and_exit_code_2(string input)
    {
        var result = await MedatarunProgram.RunAsync(["serve", "--managed", "--home", Home, "--port", "0"], input: input);

        Assert.Equal((ServerExitCode.Usage, ""), (result.ExitCode, result.Output));
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("too short", result.Error, StringComparison.Ordinal);
    }

    private static async Task GoesOnAsync(RunningServer server, params int[] signals)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        foreach (var signal in signals)
        {
            server.Signal(signal);
            Assert.Equal("""{"status":"ok"}""", await client.GetStringAsync(new Uri("health", UriKind.Relative)));
        }

        // A server that had begun to stop would not count this as its first reason to: the log would have said so before.
        Assert.DoesNotContain("Stopped", await File.ReadAllTextAsync(server.LogPath), StringComparison.Ordinal);
        Assert.Equal(ServerExitCode.Success, (await server.StopAsync()).ExitCode);
    }
}
