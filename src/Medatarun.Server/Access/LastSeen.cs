using System.Collections.Concurrent;
using Medatarun.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Server.Access;

/// <summary>
/// Keeps when actors were last seen without a write per request: remembers it in memory, and stores it for all of them
/// together once a minute and when the server stops. A crash loses a minute of it, and nothing else.
/// </summary>
internal sealed class LastSeen(StoreHolder store, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> seen = new();
    private ITimer? timer;

    /// <summary>Notes that an actor called.</summary>
    public void Note(Guid actor, DateTimeOffset now)
    {
        // Whoever is noted for this second already costs a look-up and no write to shared memory.
        if (!seen.TryGetValue(actor, out var noted) || now - noted >= TimeSpan.FromSeconds(1))
        {
            seen[actor] = now;
        }
    }

    /// <summary>Stores what was noted.</summary>
    public async Task StoreAsync()
    {
        var noted = seen.ToArray();
        if (noted.Length == 0)
        {
            return;
        }

        await store.Current.WriteAsync(transaction =>
        {
            foreach (var (actor, at) in noted)
            {
                ActorQueries.MarkSeen(transaction, actor, at);
            }

            return noted.Length;
        });
        foreach (var entry in noted)
        {
            // Only if nothing newer was noted meanwhile.
            seen.TryRemove(entry);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        timer = time.CreateTimer(_ => _ = StoreQuietlyAsync(), null, Interval, Interval);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => StoreQuietlyAsync();

    public void Dispose() => timer?.Dispose();

    private async Task StoreQuietlyAsync()
    {
        try
        {
            await StoreAsync();
        }
        catch (StoreUnavailableException)
        {
            // It stays noted, and is tried again in a minute.
        }
    }
}
