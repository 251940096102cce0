using Medatarun.Server.Storage;

namespace Medatarun.Server.Guessing;

/// <summary>
/// Counts wrong passwords exactly: an attempt is counted before its hash is computed, and the count is taken back when the password
/// was right. See docs/decisions/0009-guessing.md.
/// </summary>
internal sealed class GuessGuard(StoreHolder store, TimeProvider time)
{
    private const int MaxNames = 100_000;
    private const int NamesBetweenPrunings = 1_000;
    private static readonly TimeSpan NamesKept = TimeSpan.FromHours(24);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private int namesUntilPruning;

    /// <summary>Asks to be admitted to a lane; waits while attempts in flight decide whether.</summary>
    /// <exception cref="OperationCanceledException">The caller left before it was decided.</exception>
    /// <exception cref="StoreUnavailableException">The attempt could not be counted, and so must not be made.</exception>
    public async Task<LaneEntry> EnterAsync(LaneKey key, CancellationToken cancellationToken)
    {
        var lane = Hold(key);
        var entrant = new LaneEntrant();
        var waited = TimeSpan.Zero;
        try
        {
            while (await DecideAsync(lane, entrant) == LaneDecision.Wait)
            {
                var began = time.GetTimestamp();
                await entrant.TurnAsync(cancellationToken);
                waited += time.GetElapsedTime(began);
            }
        }
        catch
        {
            lane.Leave(entrant);
            Release(lane);
            throw;
        }

        if (entrant.Decision == LaneDecision.Admitted)
        {
            return new LaneEntry(new GuessAttempt(this, lane, entrant.State), null, waited);
        }

        TimeSpan? retryAfter = lane.Failed(entrant.State) < key.Limit ? entrant.State.BlockedUntil - time.GetUtcNow() : null;
        Release(lane);
        return new LaneEntry(null, retryAfter, waited);
    }

    /// <summary>Notes that an account was signed in to from a source, which has a lane of its own from now on, and a new one.</summary>
    public void Remember(StoreTransaction transaction, Guid user, string? source, DateTimeOffset now)
    {
        if (source is null)
        {
            return;
        }

        foreach (var started in KnownSources.Remember(transaction, user, source, now).Append(source))
        {
            Clear(transaction, LaneKey.Known(user, started).Text);
        }
    }

    /// <summary>Starts every lane of a user anew.</summary>
    public void Clear(StoreTransaction transaction, Guid user)
    {
        foreach (var key in LaneQueries.OfUser(transaction, user))
        {
            Clear(transaction, key);
        }
    }

    /// <summary>Starts a lane anew.</summary>
    public void Clear(StoreTransaction transaction, string key)
    {
        Lane? lane;
        lock (gate)
        {
            lanes.TryGetValue(key, out lane);
        }

        LaneQueries.Clear(transaction, key, lane?.InFlight ?? 0);
        lane?.Wake();
    }

    /// <summary>Counts the outcome of an attempt.</summary>
    public void Settle(StoreTransaction transaction, Lane lane, bool failed)
    {
        var now = time.GetUtcNow();
        var state = LaneQueries.Find(transaction, lane.Key);
        var others = lane.InFlight - 1;
        LaneQueries.Save(
            transaction, lane.Key, failed ? state.WithFailure(state.Counted - others, now) : new LaneState(others, null), now);
        Abandon(lane);
    }

    /// <summary>Takes an attempt back that was not made.</summary>
    public async Task TakeBackAsync(Lane lane, LaneState before)
    {
        var taken = false;
        try
        {
            await store.Current.WriteAsync(transaction =>
            {
                var state = LaneQueries.Find(transaction, lane.Key);
                // Where a block counts, this was the only attempt in flight, and what it found is what it leaves.
                LaneQueries.Save(transaction, lane.Key, new LaneState(state.Counted - 1, before.BlockedUntil), time.GetUtcNow());
                Abandon(lane);
                return taken = true;
            });
        }
        finally
        {
            if (!taken)
            {
                Abandon(lane);
            }
        }
    }

    /// <summary>Leaves an attempt counted as the store has it.</summary>
    public void Abandon(Lane lane)
    {
        lane.Resolve();
        Release(lane);
    }

    private async Task<LaneDecision> DecideAsync(Lane lane, LaneEntrant entrant)
    {
        if (entrant.Decision == LaneDecision.Wait)
        {
            await store.Current.WriteAsync(transaction => Decide(transaction, lane, entrant));
        }

        return entrant.Decision;
    }

    private LaneDecision Decide(StoreTransaction transaction, Lane lane, LaneEntrant entrant)
    {
        var now = time.GetUtcNow();
        var state = LaneQueries.Find(transaction, lane.Key);
        var decision = lane.Decide(entrant, state, now);
        if (decision == LaneDecision.Admitted)
        {
            LaneQueries.Save(transaction, lane.Key, state.WithReservation(now), now);
            PruneNowAndThen(transaction, lane.Key, now);
        }

        return decision;
    }

    // Only the writer calls this, one at a time.
    private void PruneNowAndThen(StoreTransaction transaction, LaneKey key, DateTimeOffset now)
    {
        if (key.ActorId is null && --namesUntilPruning < 0)
        {
            namesUntilPruning = NamesBetweenPrunings;
            LaneQueries.Prune(transaction, now - NamesKept, MaxNames);
        }
    }

    private Lane Hold(LaneKey key)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(key.Text, out var lane))
            {
                lanes.Add(key.Text, lane = new Lane(key));
            }

            lane.Holders++;
            return lane;
        }
    }

    private void Release(Lane lane)
    {
        lock (gate)
        {
            if (--lane.Holders == 0)
            {
                lanes.Remove(lane.Key.Text);
            }
        }
    }
}
