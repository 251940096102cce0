using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The shape of every change to one actor: find them, refuse the server's own, change.</summary>
internal abstract class ActorChangeHandler<TRequest>(Operation<TRequest, StatusResponse> operation)
    : StoreHandler<TRequest, StatusResponse>(operation)
    where TRequest : class
{
    protected sealed override string? Target(TRequest request) => Reference(request);

    protected sealed override Outcome<StatusResponse> Run(
        StoreTransaction transaction, TRequest request, Caller caller, DateTimeOffset now)
    {
        if (ActorRules.Require(transaction, Reference(request)).Failed(out var problem, out var actor))
        {
            return problem;
        }

        problem = actor.Kind == ActorKinds.System
            ? new Problem(ProblemCatalogue.Managed, "This actor is the server itself and cannot be changed.")
            : Change(transaction, actor, request, caller, now);
        return problem is null ? StatusResponse.Ok : problem;
    }

    protected abstract string Reference(TRequest request);

    /// <summary>The change; its refusal, or null.</summary>
    protected abstract Problem? Change(StoreTransaction transaction, ActorRow actor, TRequest request, Caller caller, DateTimeOffset now);
}
