using Medatarun.Contracts.State;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>Says what differs. Nothing is written, not even a record: nothing was decided.</summary>
internal sealed class StateCompareHandler(StoreHolder store) : OperationHandler<StateCompareRequest, StateCompareResponse>(StateOperations.Compare)
{
    public override ValueTask<Outcome<Prepared<StateCompareResponse>>> PrepareAsync(
        StateCompareRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var plan = store.Current.Read(transaction => StatePlanner.Plan(transaction, request.Document!, request.Prune == true));
        return new(plan.Faults.ToProblem() is { } problem ? problem : Prepared<StateCompareResponse>.Answer(plan.ToResponse()));
    }
}
