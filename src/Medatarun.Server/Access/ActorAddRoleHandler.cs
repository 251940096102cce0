using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Gives a role to an actor.</summary>
internal sealed class ActorAddRoleHandler() : ActorChangeHandler<ActorRoleRequest>(ActorOperations.ActorAddRole)
{
    protected override string Reference(ActorRoleRequest request) => request.ActorId!;

    protected override Problem? Change(
        StoreTransaction transaction, ActorRow actor, ActorRoleRequest request, Caller caller, DateTimeOffset now)
    {
        if (RoleQueries.Require(transaction, request.RoleRef!).Failed(out var problem, out var role)
            || (problem = AuthorityRules.MayChange(transaction, caller, actor.Id)
                ?? AuthorityRules.MayGrantRole(transaction, caller, role.Id)) is not null)
        {
            return problem;
        }

        ActorQueries.AddRole(transaction, actor.Id, role.Id);
        return null;
    }
}
