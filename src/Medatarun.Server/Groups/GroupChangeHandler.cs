using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>The shape of every change that gives or takes what a group carries: find it, keep the guards, change.</summary>
internal abstract class GroupChangeHandler<TRequest>(Operation<TRequest, StatusResponse> operation)
    : StoreHandler<TRequest, StatusResponse>(operation)
    where TRequest : class
{
    protected sealed override Outcome<StatusResponse> Run(
        StoreTransaction transaction, TRequest request, Caller caller, DateTimeOffset now)
    {
        if (GroupQueries.Require(transaction, Reference(request)).Failed(out var problem, out var group))
        {
            return problem;
        }

        // Who is in the group, and what it carries, is authority: the caller must hold all of it.
        problem = AuthorityRules.MayGrantGroup(transaction, caller, group.Id) ?? Change(transaction, group, request, caller);
        return problem is null ? StatusResponse.Ok : problem;
    }

    protected override string? Target(TRequest request) => Reference(request);

    protected abstract string Reference(TRequest request);

    /// <summary>The change; its refusal, or null.</summary>
    protected abstract Problem? Change(StoreTransaction transaction, GroupRow group, TRequest request, Caller caller);
}
