using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Takes a role from an actor.</summary>
internal sealed class ActorDeleteRoleHandler() : ActorChangeHandler<ActorRoleRequest>(ActorOperations.ActorDeleteRole)
{
    protected override string Reference(ActorRoleRequest request) => request.ActorId!;

    protected override Problem? Change(
        StoreTransaction transaction, ActorRow actor, ActorRoleRequest request, Caller caller, DateTimeOffset now)
    {
        if (RoleQueries.Require(transaction, request.RoleRef!).Failed(out var problem, out var role)
            || (problem = AuthorityRules.MayChange(transaction, caller, actor.Id)) is not null)
        {
            return problem;
        }

        return ActorQueries.DeleteRole(transaction, actor.Id, role.Id)
            ? AuthorityRules.AdminRemains(transaction, actor.Subject)
            : new Problem(ProblemCatalogue.AssignmentNotFound, $"'{actor.Subject}' does not have the role '{role.Key}' directly.");
    }
}
