using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;
using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>Starts the program and waits until it answers.</summary>
/// <param name="launch">How it is to be started.</param>
internal sealed class ServerStarter(ServerLaunch launch)
{
    // Exit codes of the .NET host: no host library, no fitting framework. On Unix only the lowest byte comes through.
    private static readonly int[] NoRuntime = [0x83, 0x96, unchecked((int)0x80008083), unchecked((int)0x80008096)];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly StringBuilder errors = new();

    /// <summary>Starts the server. When it does not get so far as to answer, nothing of it is left.</summary>
    /// <exception cref="MedatarunException">One of <see cref="ServerProblems"/>.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public async Task<StartedServer> StartAsync(Action<RequestReport> observe, CancellationToken cancellationToken)
    {
        var process = Spawn(ServerProgram.Find());
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(launch.Timeout);
            await TellAsync(process, timeout.Token).ConfigureAwait(false);
            var state = await ReadyAsync(process, observe, timeout.Token).ConfigureAwait(false);
            var server = new StartedServer(process, state, launch.BootstrapSecret);
            SessionServers.Add(server);
            return server;
        }
        catch (Exception exception)
        {
            await EndAsync(process).ConfigureAwait(false);
            if (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw Failed($"The server did not answer within {launch.Timeout.TotalSeconds:0} seconds.");
            }

            throw;
        }
    }

    private Process Spawn(ServerProgram program)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments.Concat(launch.Arguments()))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            // On Windows this also keeps the terminal's Ctrl+C away from the server.
            CreateNoWindow = true,
            // The folder that happens to be current here must not be held by a server.
            WorkingDirectory = Path.GetPathRoot(launch.Home.Path)!,
        };
        // Whoever is signed in here, the server has no use for it.
        start.Environment.Remove(ServerAddress.TokenVariable);
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new MedatarunException(
                ServerProblems.ServerStartFailed, $"The server program {program.FileName} cannot be run: {exception.Message}.", exception);
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (errors)
            {
                errors.AppendLine(line);
            }
        }
    }

    private async Task TellAsync(Process process, CancellationToken cancellationToken)
    {
        var line = JsonSerializer.Serialize(
            new ManagedStart { BootstrapSecret = launch.BootstrapSecret }, ServerProcessJsonContext.Default.ManagedStart) + "\n";
        try
        {
            // Bytes, because the writer of the pipe would begin with the byte order mark of the console's encoding.
            var pipe = process.StandardInput.BaseStream;
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken).ConfigureAwait(false);
            await pipe.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (launch.Detached)
            {
                process.StandardInput.Close();
            }
        }
        catch (IOException)
        {
            // It ended before it read: why is found where its end is noticed.
            return;
        }
    }

    private async Task<ServerState> ReadyAsync(Process process, Action<RequestReport> observe, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (process.HasExited)
            {
                throw await WhyEndedAsync(process, cancellationToken).ConfigureAwait(false);
            }

            if (launch.Home.ReadState() is { } state && state.Pid == process.Id)
            {
                await new MedatarunConnection(state.Url, new ConnectionOptions { AllowInsecure = true })
                    .PingAsync(observe, cancellationToken).ConfigureAwait(false);
                return state;
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<MedatarunException> WhyEndedAsync(Process process, CancellationToken cancellationToken)
    {
        // Returns when the last line of standard error has been read, too.
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        string said;
        lock (errors)
        {
            said = errors.ToString().Trim();
        }

        return process.ExitCode switch
        {
            ServerExitCode.PortInUse => new MedatarunException(ServerProblems.PortInUse, PortInUse(said)),
            ServerExitCode.DataFolder when launch.Home.IsLocked() => new MedatarunException(ServerProblems.ServerAlreadyRunning, said),
            var code when NoRuntime.Contains(code) => new MedatarunException(ServerProblems.DotNetRuntimeMissing),
            var code => Failed(said.Length > 0 ? said : $"The server ended with exit code {code}."),
        };
    }

    // What to do about it is said in the words of PowerShell, and not in those of the command line.
    private static string PortInUse(string said) =>
        said.LastIndexOf(';') is var end and > 0 ? $"{said[..end]}." : said;

    private MedatarunException Failed(string sentence)
    {
        var tail = launch.Home.LogTail(5);
        return new MedatarunException(
            ServerProblems.ServerStartFailed,
            tail.Count == 0 ? sentence : $"{sentence}\nThe last lines of {launch.Home.LogPath}:\n{string.Join('\n', tail)}");
    }

    private async Task EndAsync(Process process)
    {
        try
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            if (launch.Ephemeral && launch.Home.ReadState()?.Pid == process.Id)
            {
                Directory.Delete(launch.Home.Path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It has ended already, or what is left is in the folder for temporary files.
            return;
        }
        finally
        {
            process.Dispose();
        }
    }
}
