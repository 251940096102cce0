using System.Collections.Concurrent;
using Medatarun.Contracts;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>
/// The servers that this process started. Static, because they live as long as the process: were the pipe to a server collected
/// as garbage with the runspace that made it, the server would think that its PowerShell is gone.
/// </summary>
internal static class SessionServers
{
    private static readonly ConcurrentDictionary<int, StartedServer> ById = new();

    /// <summary>The servers, the oldest first.</summary>
    public static IReadOnlyList<StartedServer> All => [.. ById.Values.OrderBy(server => server.State.StartedAt)];

    public static StartedServer? Find(int processId) => ById.GetValueOrDefault(processId);

    public static void Add(StartedServer server) => ById[server.Process.Id] = server;

    /// <summary>Forgets a server that has ended.</summary>
    public static void Remove(int processId)
    {
        if (ById.TryRemove(processId, out var server))
        {
            server.Process.Dispose();
        }
    }

    /// <summary>The bootstrap secret of a server; null when another process started it.</summary>
    public static Secret? SecretOf(int processId) => Find(processId)?.BootstrapSecret;
}
