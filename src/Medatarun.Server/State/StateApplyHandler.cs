using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>Makes what is what should be: all of it in one transaction, or nothing.</summary>
internal sealed class StateApplyHandler(StoreHolder store, StatePasswords passwords, MedatarunServerOptions options)
    : OperationHandler<StateApplyRequest, StateCompareResponse>(StateOperations.Apply)
{
    public override async ValueTask<Outcome<Prepared<StateCompareResponse>>> PrepareAsync(
        StateApplyRequest request, CallContext call, CancellationToken cancellationToken)
    {
        // What cannot be should not cost a hash. What counts is asked again in the transaction.
        var early = store.Current.Read(transaction => Plan(transaction, request));
        passwords.Check(request.Document!, early, request.Passwords);
        if ((early.Faults.ToProblem() ?? Moved(request, early)) is { } problem)
        {
            return problem;
        }

        return (await passwords.HashAsync(early, request.Passwords, cancellationToken)).Failed(out var busy, out var hashes)
            ? busy
            : Prepared<StateCompareResponse>.InStore((transaction, caller) => Run(transaction, request, caller, call, hashes));
    }

    /// <summary>The work, for whoever applies a state: finds what differs, and changes it.</summary>
    public Outcome<StateCompareResponse> Run(
        StoreTransaction transaction,
        StateApplyRequest request,
        Caller caller,
        CallContext call,
        IReadOnlyDictionary<string, string> hashes)
    {
        var plan = Plan(transaction, request);
        if ((plan.Faults.ToProblem() ?? Moved(request, plan) ?? Unprepared(plan, request, hashes)) is { } refusal)
        {
            return refusal;
        }

        var work = new StateWork(transaction, caller, call.Now, options.Issuer, hashes);
        if (StateChanges.Apply(work, plan.Steps, difference => Record(transaction, call, difference)) is { } problem)
        {
            return problem;
        }

        call.Target = plan.Steps.Count == 0 ? "nothing" : $"{plan.Steps.Count} changes";
        return plan.ToResponse(plan.Steps.Count == 0 ? plan.Fingerprint : StateFingerprint.Of(StateReader.Read(transaction).Document));
    }

    private static PlannedState Plan(StoreTransaction transaction, StateApplyRequest request) =>
        StatePlanner.Plan(transaction, request.Document!, request.Prune == true);

    private static Problem? Moved(StateApplyRequest request, PlannedState plan) =>
        string.IsNullOrEmpty(request.Expected) || request.Expected == plan.Fingerprint
            ? null
            : new Problem(ImportProblems.StateChanged);

    // Somebody who was there when the passwords were hashed is gone by now, and would be made without theirs.
    private static Problem? Unprepared(PlannedState plan, StateApplyRequest request, IReadOnlyDictionary<string, string> hashes) =>
        plan.Steps.Any(step => step is { Difference.Action: StateDifference.Create, Wanted: StateUser user }
            && request.Passwords?.ContainsKey(user.Username!) == true
            && !hashes.ContainsKey(user.Username!))
            ? new Problem(ImportProblems.StateChanged)
            : null;

    private void Record(StoreTransaction transaction, CallContext call, StateDifference difference) => AuditLog.Append(
        transaction, Operation, call, null, $"{difference.Kind}:{difference.Name} {difference.Action}d");
}
