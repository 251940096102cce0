namespace Medatarun.Server.Guessing;

/// <summary>
/// What memory knows of a lane: the attempts in flight, and who waits for them. The counts are in the store; what is counted there
/// and not in flight has failed. Decisions are made in write transactions, and so one after the other.
/// </summary>
internal sealed class Lane(LaneKey key)
{
    private readonly Lock gate = new();
    private readonly LinkedList<LaneEntrant> line = new();
    private int inFlight;

    public LaneKey Key { get; } = key;

    /// <summary>How many callers use this object. Guarded by the guard's lock.</summary>
    public int Holders { get; set; }

    /// <summary>Attempts that are admitted and not resolved.</summary>
    public int InFlight
    {
        get
        {
            lock (gate)
            {
                return inFlight;
            }
        }
    }

    /// <summary>How many of the counted ones have failed.</summary>
    public int Failed(LaneState state) => Math.Max(0, state.Counted - InFlight);

    /// <summary>Decides on an entrant, and on all who wait if the lane is closed.</summary>
    public LaneDecision Decide(LaneEntrant entrant, LaneState state, DateTimeOffset now)
    {
        lock (gate)
        {
            // First come, first served: whoever waits longest is woken to be decided on, and then wakes the next.
            var decision = line.First is { } first && first.Value != entrant ? LaneDecision.Wait : Judge(state, now);
            entrant.Decide(decision, state);
            switch (decision)
            {
                case LaneDecision.Admitted:
                    inFlight++;
                    Remove(entrant);
                    WakeFirst();
                    break;
                case LaneDecision.Wait when entrant.Place.List is null:
                    line.AddLast(entrant.Place);
                    break;
                case LaneDecision.Refused:
                    RefuseAll(state);
                    break;
            }

            return decision;
        }
    }

    /// <summary>An attempt is resolved, whatever came of it.</summary>
    public void Resolve()
    {
        lock (gate)
        {
            inFlight--;
            WakeFirst();
        }
    }

    /// <summary>Lets whoever waits longest be decided on.</summary>
    public void Wake()
    {
        lock (gate)
        {
            WakeFirst();
        }
    }

    /// <summary>Somebody leaves before they could begin.</summary>
    public void Leave(LaneEntrant entrant)
    {
        lock (gate)
        {
            // Admitted by a transaction that was not kept.
            inFlight -= entrant.Decision == LaneDecision.Admitted ? 1 : 0;
            Remove(entrant);
            WakeFirst();
        }
    }

    private LaneDecision Judge(LaneState state, DateTimeOffset now)
    {
        var failed = Math.Max(0, state.Counted - inFlight);
        return failed >= Key.Limit ? LaneDecision.Refused
            : failed + inFlight < LaneState.FreeAttempts ? LaneDecision.Admitted
            : inFlight > 0 ? LaneDecision.Wait
            : state.BlockedUntil > now ? LaneDecision.Refused
            : LaneDecision.Admitted;
    }

    private void RefuseAll(LaneState state)
    {
        foreach (var waiting in line)
        {
            waiting.Decide(LaneDecision.Refused, state);
            waiting.Wake();
        }

        line.Clear();
    }

    private void Remove(LaneEntrant entrant)
    {
        if (entrant.Place.List is not null)
        {
            line.Remove(entrant.Place);
        }
    }

    private void WakeFirst() => line.First?.Value.Wake();
}
