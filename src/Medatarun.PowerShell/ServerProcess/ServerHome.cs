using System.Diagnostics;
using System.Text.Json;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>The folder of a server, and what its files say about the server that runs there.</summary>
/// <param name="Path">The folder, absolute.</param>
internal sealed record ServerHome(string Path)
{
    public const string Variable = "MEDATARUN_HOME";

    private const int LogTailBytes = 16 * 1024;

    public string LogPath => System.IO.Path.Combine(Path, "logs", "medatarun.log");

    /// <summary>The home of a server for which none is named: the environment's, else a folder of the user's application data.</summary>
    public static ServerHome Default() => new(System.IO.Path.GetFullPath(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } configured
            ? configured
            : System.IO.Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "medatarun")));

    /// <summary>A folder that does not exist yet.</summary>
    public static ServerHome New() => new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"medatarun-{Guid.NewGuid():N}"));

    /// <summary>What the server that runs here says about itself; null when none runs.</summary>
    public ServerState? ReadRunning() => IsLocked() && ReadState() is { } state && IsAlive(state.Pid) ? state : null;

    /// <summary>What the last server here said about itself, whether it runs or not; null when there is no such file.</summary>
    public ServerState? ReadState()
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllText(System.IO.Path.Combine(Path, ServerState.FileName)), ServerProcessJsonContext.Default.ServerState);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a server holds the home, also one that has not come so far as to listen.</summary>
    public bool IsLocked()
    {
        try
        {
            // Shared, so that two that ask are not in each other's way. The server waits a moment for such askers.
            using var file = new FileStream(
                System.IO.Path.Combine(Path, ServerState.LockFileName), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>The last lines of the log; empty when there is none.</summary>
    /// <param name="count">How many lines at most.</param>
    public IReadOnlyList<string> LogTail(int count)
    {
        try
        {
            using var file = new FileStream(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(file.Length, LogTailBytes), SeekOrigin.End);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(count).ToList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
