using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Guessing;

/// <summary>
/// How many failures each source may make, against one password that is tried on many names: 600, of which one comes back every 2
/// seconds. Kept in memory. A source is one moment: when its last failure will have come back.
/// </summary>
internal sealed class SourceLimit(TimeProvider time)
{
    /// <summary>Failures that a source may make at once.</summary>
    public const int Size = 600;

    /// <summary>How many sources are kept at most.</summary>
    public const int MaxSources = 10_000;
    private static readonly TimeSpan ComesBackAfter = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> fullAt = new(StringComparer.Ordinal);

    /// <summary>How many sources are kept in memory.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return fullAt.Count;
            }
        }
    }

    /// <summary>Takes a failure from a source, to be given back if the attempt was none.</summary>
    /// <param name="source">The source; null for all whose address is not known, together.</param>
    public Outcome<SourcePlace> Take(string? source)
    {
        var key = source ?? "";
        var now = time.GetUtcNow();
        lock (gate)
        {
            var full = Later(fullAt.GetValueOrDefault(key), now) + ComesBackAfter;
            var wait = full - now - (Size * ComesBackAfter);
            if (wait > TimeSpan.Zero)
            {
                return new Problem(ProblemCatalogue.Throttled, "Too many failed sign-ins came from your address.") { RetryAfter = wait };
            }

            fullAt[key] = full;
            if (fullAt.Count > MaxSources)
            {
                Forget(now);
            }

            return new SourcePlace(this, key);
        }
    }

    /// <summary>Gives a failure back.</summary>
    public void GiveBack(string key)
    {
        lock (gate)
        {
            // What is full again says no more than what is not here.
            if (fullAt.TryGetValue(key, out var full) && full - ComesBackAfter > time.GetUtcNow())
            {
                fullAt[key] = full - ComesBackAfter;
            }
            else
            {
                fullAt.Remove(key);
            }
        }
    }

    // Whoever calls from many addresses must not fill the memory: of those who failed, the ones with the fewest failures go.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, full) in fullAt.OrderBy(pair => pair.Value).ToArray())
        {
            if (full > now && fullAt.Count <= MaxSources / 2)
            {
                break;
            }

            fullAt.Remove(key);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
