using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Medatarun.Contracts.ServerProcess;
using Xunit;

namespace Medatarun.Host.Tests.Processes;

/// <summary>A server in a process of its own, on a free port and a home of its own.</summary>
internal sealed partial class RunningServer : IAsyncDisposable
{
    private const string SecretLine = "BOOTSTRAP SECRET (one-time usage): ";
    private const int Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder output = new();

    private RunningServer(Process process, string home)
    {
        Process = process;
        Home = home;
    }

    public string Home { get; }

    public Process Process { get; }

    public string LogPath => Path.Combine(Home, "logs", "medatarun.log");

    public string StatePath => Path.Combine(Home, ServerState.FileName);

    public ServerState State => JsonSerializer.Deserialize(File.ReadAllText(StatePath), ServerProcessJsonContext.Default.ServerState)!;

    public Uri Url => State.Url;

    /// <summary>What the server has printed until it was ready.</summary>
    public string Output => output.ToString();

    public string BootstrapSecret =>
        Output.Split('\n').Single(line => line.StartsWith(SecretLine, StringComparison.Ordinal))[SecretLine.Length..];

    /// <summary>Starts a server as an administrator does at a terminal, and reads what it prints until it is ready.</summary>
    public static async Task<RunningServer> StartAsync(string home, IEnumerable<string>? arguments = null, bool pending = true)
    {
        var server = new RunningServer(MedatarunProgram.Start(["serve", "--home", home, "--port", "0", .. arguments ?? []]), home);
        using var patience = new CancellationTokenSource(Patience);
        var rulers = 0;
        var listens = false;
        while (!(listens && (rulers == 2 || !pending)))
        {
            var line = await server.Process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException("The server ended: " + await server.Process.StandardError.ReadToEndAsync(patience.Token));
            server.output.Append(line).Append('\n');
            listens |= line.Contains("Starting REST API on http://", StringComparison.Ordinal);
            rulers += line.StartsWith("========", StringComparison.Ordinal) ? 1 : 0;
        }

        return server;
    }

    /// <summary>Starts a server as the module does.</summary>
    public static async Task<RunningServer> StartManagedAsync(string home, string input, params string[] arguments)
    {
        var server = new RunningServer(MedatarunProgram.Start(["serve", "--managed", "--home", home, "--port", "0", .. arguments]), home);
        await server.Process.StandardInput.WriteAsync(input + "\n");
        await server.Process.StandardInput.FlushAsync();
        var waiting = Stopwatch.StartNew();
        while (!File.Exists(server.StatePath))
        {
            Assert.False(server.Process.HasExited, server.Process.HasExited ? await server.Process.StandardError.ReadToEndAsync() : null);
            Assert.True(waiting.Elapsed < Patience, "The server did not start.");
            await Task.Delay(10);
        }

        return server;
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(Process.Id, signal));

    /// <summary>Stops the server, as systemd does, and returns what it printed after it was ready.</summary>
    public Task<ProgramResult> StopAsync()
    {
        Signal(Terminate);
        return MedatarunProgram.EndAsync(Process);
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
