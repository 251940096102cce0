using System.ComponentModel;
using System.Diagnostics;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>Stops a server: asks it, waits, and ends it firmly when it takes too long.</summary>
internal static class ServerStopper
{
    // After it was ended firmly, only the operating system has still something to do.
    private static readonly TimeSpan EndOfKilled = TimeSpan.FromSeconds(10);

    /// <summary>Stops a server. One that has ended meanwhile is stopped as well.</summary>
    /// <param name="state">The server.</param>
    /// <param name="timeout">How long it may take by itself.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="MedatarunException"><c>server_stop_failed</c>.</exception>
    public static async Task StopAsync(ServerState state, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = SessionServers.Find(state.Pid);
        using var found = started is null ? FindProcess(state.Pid) : null;
        if ((started?.Process ?? found) is { } process)
        {
            try
            {
                Ask(process, started);
                if (!await HasEndedAsync(process, timeout, cancellationToken).ConfigureAwait(false))
                {
                    process.Kill();
                    await HasEndedAsync(process, EndOfKilled, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (Win32Exception exception)
            {
                throw new MedatarunException(
                    ServerProblems.ServerStopFailed, $"Process {state.Pid} could not be stopped: {exception.Message}.", exception);
            }
            catch (InvalidOperationException)
            {
                // It has ended between two steps.
            }
        }

        SessionServers.Remove(state.Pid);
        DeleteWhatIsLeft(state);
    }

    private static Process? FindProcess(int processId)
    {
        try
        {
            return Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void Ask(Process process, StartedServer? started)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixSignals.SendTerminate(process.Id);
        }
        else if (started is { State.Detached: false })
        {
            // Windows has no signal for a process without a console; the end of the pipe says the same.
            process.StandardInput.Close();
        }
        else
        {
            process.Kill();
        }
    }

    private static async Task<bool> HasEndedAsync(Process process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(waiting.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // A server that was ended firmly could not delete its ephemeral home itself.
    private static void DeleteWhatIsLeft(ServerState state)
    {
        try
        {
            if (state.Ephemeral && new ServerHome(state.DataPath).ReadState()?.Pid == state.Pid)
            {
                Directory.Delete(state.DataPath, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the folder for temporary files, which the system clears.
            return;
        }
    }
}
