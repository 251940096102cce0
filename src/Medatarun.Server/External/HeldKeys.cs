namespace Medatarun.Server.External;

/// <summary>
/// The keys of one issuer in memory, and when they are asked for again. One fetch runs at a time, whoever needs it waits for that one, and how often
/// there is one does not depend on what is sent here.
/// </summary>
internal sealed class HeldKeys(Func<Task<KeyFetch>> fetch, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>How long after an attempt the next may begin, once there are keys: whoever makes up key ids causes no more.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same while there are none. It is shorter, because nobody of that issuer gets in meanwhile, and one that starts together
    /// with this server is a moment late.
    /// </summary>
    public static readonly TimeSpan FirstWindow = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private IssuerKeySet? keys;
    private string? failure;
    private DateTimeOffset fetchedAt;
    private DateTimeOffset? attemptedAt;
    private Task? running;

    /// <summary>The keys, fetched before when a token names one that is not known, as far as that may be now.</summary>
    public async ValueTask<KeyLookup> FindAsync(string? id, string algorithm)
    {
        if (Volatile.Read(ref keys) is not { } known || !known.Knows(id, algorithm))
        {
            await (Fetch(onlyIfOld: false) ?? Task.CompletedTask);
        }
        else
        {
            // Beside the request, which goes on with what there is.
            _ = Fetch(onlyIfOld: true);
        }

        lock (gate)
        {
            return new KeyLookup(keys, failure, Remaining());
        }
    }

    /// <summary>The fetch that runs, or that begins now; null when there is none.</summary>
    private Task? Fetch(bool onlyIfOld)
    {
        lock (gate)
        {
            if (running is null && Remaining() == TimeSpan.Zero && (!onlyIfOld || HasPassed(fetchedAt, lifetime)))
            {
                attemptedAt = time.GetUtcNow();
                running = Task.Run(FetchAsync);
            }

            return running;
        }
    }

    private async Task FetchAsync()
    {
        KeyFetch? result = null;
        try
        {
            result = await fetch();
        }
        finally
        {
            lock (gate)
            {
                failure = result?.Failure;
                if (result?.Keys is { } fetched)
                {
                    keys = fetched;
                    fetchedAt = time.GetUtcNow();
                }

                running = null;
            }
        }
    }

    // How long until the next attempt may begin. A clock that was put back starts a new window instead of stretching the old one.
    private TimeSpan Remaining()
    {
        var window = keys is null ? FirstWindow : Window;
        return attemptedAt is { } last && !HasPassed(last, window) ? window - (time.GetUtcNow() - last) : TimeSpan.Zero;
    }

    private bool HasPassed(DateTimeOffset since, TimeSpan span)
    {
        var elapsed = time.GetUtcNow() - since;
        return elapsed >= span || elapsed < TimeSpan.Zero;
    }
}
