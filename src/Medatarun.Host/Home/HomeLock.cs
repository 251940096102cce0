using System.Text.Json;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Home;

/// <summary>Held open exclusively while a server runs on a home, so that there is one at most. The system lets go of it when the process ends.</summary>
internal sealed class HomeLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly FileStream file;

    private HomeLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="StartFailureException">Another server has it, or the file cannot be made.</exception>
    public static HomeLock Take(MedatarunHome home)
    {
        // Whoever asks whether a server runs holds the file for a moment, and a server that was just stopped may not be gone yet.
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new HomeLock(new FileStream(home.LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (waited < Patience && File.Exists(home.LockPath))
            {
                Thread.Sleep(Pause);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw home.Unusable(exception is IOException && File.Exists(home.LockPath)
                    ? $"another server is using it{Holder(home)}"
                    : exception.Message.TrimEnd('.'));
            }
        }
    }

    public void Dispose() => file.Dispose();

    private static string Holder(MedatarunHome home)
    {
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllText(home.StatePath), ServerProcessJsonContext.Default.ServerState);
            return state is null ? string.Empty : $" (process {state.Pid} at {state.Url})";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return string.Empty;
        }
    }
}
