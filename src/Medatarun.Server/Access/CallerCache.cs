using System.Collections.Concurrent;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>
/// Callers by credential, until a commit touches their actor. A reader that loaded before that commit cannot put its
/// stale entry back: an entry is kept only if nothing was dropped since the reader began.
/// </summary>
internal sealed class CallerCache
{
    // Beyond this the cache starts anew; a server with more live credentials than this pays a read now and then.
    private const int MaxEntries = 100_000;

    // Callers with a token of another issuer keep its claims, which are some KiB each.
    private const int MaxExternal = 10_000;

    private readonly ConcurrentDictionary<Credential, Entry> byCredential = new();
    private int external;
    private readonly ConcurrentDictionary<Guid, ActorMark> marks = new();
    private readonly Lock gate = new();
    private long generation;

    /// <summary>Taken before a load, and given back with <see cref="Keep"/>.</summary>
    public long Generation => Volatile.Read(ref generation);

    public Caller? Find(Credential credential) =>
        byCredential.TryGetValue(credential, out var entry) && !entry.Mark.Touched ? entry.Caller : null;

    /// <summary>Keeps a loaded caller, unless an actor was touched since <paramref name="loadedAt"/>.</summary>
    public void Keep(Caller caller, long loadedAt)
    {
        lock (gate)
        {
            if (generation != loadedAt)
            {
                return;
            }

            if (byCredential.Count >= MaxEntries || external >= MaxExternal)
            {
                byCredential.Clear();
                marks.Clear();
                external = 0;
            }

            external += caller.External is null || byCredential.ContainsKey(caller.Credential) ? 0 : 1;
            byCredential[caller.Credential] = new Entry(caller, marks.GetOrAdd(caller.ActorId, _ => new ActorMark()));
        }
    }

    /// <summary>Drops what is kept of these actors. Called after the commit and before anyone is answered.</summary>
    public void Drop(TouchedActors touched)
    {
        if (touched.IsEmpty)
        {
            return;
        }

        lock (gate)
        {
            Volatile.Write(ref generation, generation + 1);
            IEnumerable<Guid> dropped = touched.Everyone ? marks.Keys : touched.Actors;
            foreach (var actor in dropped)
            {
                if (marks.TryRemove(actor, out var mark))
                {
                    mark.Touched = true;
                }
            }
        }
    }

    private sealed record Entry(Caller Caller, ActorMark Mark);

    private sealed class ActorMark
    {
        private volatile bool touched;

        public bool Touched
        {
            get => touched;
            set => touched = value;
        }
    }
}
