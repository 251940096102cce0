using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>The shape of every change to one role: find it, refuse the product's own, change.</summary>
internal abstract class RoleChangeHandler<TRequest>(Operation<TRequest, StatusResponse> operation)
    : StoreHandler<TRequest, StatusResponse>(operation)
    where TRequest : class
{
    protected sealed override string? Target(TRequest request) => Reference(request);

    protected sealed override Outcome<StatusResponse> Run(
        StoreTransaction transaction, TRequest request, Caller caller, DateTimeOffset now)
    {
        if (RoleQueries.Require(transaction, Reference(request)).Failed(out var problem, out var role))
        {
            return problem;
        }

        problem = role.Managed && !AllowsManaged
            ? new Problem(ProblemCatalogue.Managed, $"The role '{role.Key}' is the product's own and cannot be changed.")
            : Change(transaction, role, request, caller);
        return problem is null ? StatusResponse.Ok : problem;
    }

    protected abstract string Reference(TRequest request);

    /// <summary>Whether the product's own roles may be changed this way. Default: no.</summary>
    protected virtual bool AllowsManaged => false;

    /// <summary>The change; its refusal, or null.</summary>
    protected abstract Problem? Change(StoreTransaction transaction, RoleRow role, TRequest request, Caller caller);
}
