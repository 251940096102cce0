using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Guessing;

/// <summary>
/// An attempt that was admitted to a lane, and is counted as a failure there until it is resolved. What ends without being
/// resolved stays counted.
/// </summary>
/// <param name="guard">Where it was admitted.</param>
/// <param name="lane">Its lane.</param>
/// <param name="before">The lane's state before it.</param>
internal sealed class GuessAttempt(GuessGuard guard, Lane lane, LaneState before) : IAttempt
{
    private int resolved;

    /// <summary>Counts the outcome in the transaction that decides on it.</summary>
    public void Settle(StoreTransaction transaction, Problem? problem)
    {
        if (IsFirst())
        {
            guard.Settle(transaction, lane, failed: problem?.Definition == lane.Key.Failure);
        }
    }

    /// <summary>Takes the attempt back: its hash was never computed.</summary>
    /// <exception cref="StoreUnavailableException">The disk took no write; the attempt stays counted.</exception>
    public async Task TakeBackAsync()
    {
        if (IsFirst())
        {
            await guard.TakeBackAsync(lane, before);
        }
    }

    public void Dispose()
    {
        if (IsFirst())
        {
            guard.Abandon(lane);
        }
    }

    private bool IsFirst() => Interlocked.Exchange(ref resolved, 1) == 0;
}
