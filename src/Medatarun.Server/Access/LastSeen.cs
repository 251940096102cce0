using System.Collections.Concurrent;
using Medatarun.Server.Storage;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Server.Access;

/// <summary>
/// Keeps when credentials and their actors were last seen without a write per request: remembers it in memory, and stores it for
/// all of them together once a minute and when the server stops. A crash loses a minute of it, and nothing else.
/// </summary>
internal sealed class LastSeen(StoreHolder store, TimeProvider time) : IHostedService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Credential, Sight> seen = new();
    private ITimer? timer;

    /// <summary>Notes that somebody called.</summary>
    public void Note(Caller caller, DateTimeOffset now)
    {
        // Whoever is noted for this second already costs a look-up and no write to shared memory.
        if (!seen.TryGetValue(caller.Credential, out var noted) || now - noted.At >= TimeSpan.FromSeconds(1))
        {
            seen[caller.Credential] = new Sight(caller.ActorId, now);
        }
    }

    /// <summary>When a credential was last used: as noted and not stored yet, or as stored, whichever is later.</summary>
    public DateTimeOffset? UsedAt(Credential credential, DateTimeOffset? stored) =>
        seen.TryGetValue(credential, out var noted) && !(stored > noted.At) ? noted.At : stored;

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
            foreach (var (credential, sight) in noted)
            {
                ActorQueries.MarkSeen(transaction, sight.Actor, sight.At);
                if (credential.Kind != CredentialKind.External)
                {
                    MarkUsed(transaction, credential, sight.At);
                }
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

    private static void MarkUsed(StoreTransaction transaction, Credential credential, DateTimeOffset at) =>
        transaction.Execute(
            credential.Kind == CredentialKind.Session
                ? "UPDATE sessions SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)"
                : "UPDATE api_tokens SET last_used_at = @at WHERE id = @id AND (last_used_at IS NULL OR last_used_at < @at)",
            ("@at", at), ("@id", credential.Id));

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

    private sealed record Sight(Guid Actor, DateTimeOffset At);
}
