namespace Medatarun.Server.Guessing;

/// <summary>Somebody who wants to be admitted to a lane. Guarded by the lane's lock, but for the waiting.</summary>
internal sealed class LaneEntrant
{
    private TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LaneEntrant() => Place = new(this);

    /// <summary>Where it stands in the line; in no list while it does not wait.</summary>
    public LinkedListNode<LaneEntrant> Place { get; }

    /// <summary>What was decided last.</summary>
    public LaneDecision Decision { get; private set; } = LaneDecision.Wait;

    /// <summary>The lane's state when it was decided.</summary>
    public LaneState State { get; private set; }

    /// <summary>Completes when there is a reason to decide again, or when it was decided for all who wait.</summary>
    public Task TurnAsync(CancellationToken cancellationToken) => turn.Task.WaitAsync(cancellationToken);

    public void Decide(LaneDecision decision, LaneState state)
    {
        (Decision, State) = (decision, state);
        if (decision == LaneDecision.Wait)
        {
            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Wake() => turn.TrySetResult();
}
