using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Takes a role from every member of a group.</summary>
internal sealed class GroupDeleteRoleHandler() : GroupChangeHandler<GroupRoleRequest>(GroupOperations.GroupDeleteRole)
{
    protected override string Reference(GroupRoleRequest request) => request.GroupRef!;

    protected override Problem? Change(StoreTransaction transaction, GroupRow group, GroupRoleRequest request, Caller caller) =>
        RoleQueries.Require(transaction, request.RoleRef!).Failed(out var problem, out var role) ? problem
        : GroupQueries.DeleteRole(transaction, group, role) ? AuthorityRules.AdminRemains(transaction)
        : new Problem(ProblemCatalogue.AssignmentNotFound, $"The group '{group.Key}' does not have the role '{role.Key}'.");
}
