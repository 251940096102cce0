using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Gives a role to every member of a group.</summary>
internal sealed class GroupAddRoleHandler() : GroupChangeHandler<GroupRoleRequest>(GroupOperations.GroupAddRole)
{
    protected override string Reference(GroupRoleRequest request) => request.GroupRef!;

    protected override Problem? Change(StoreTransaction transaction, GroupRow group, GroupRoleRequest request, Caller caller)
    {
        if (RoleQueries.Require(transaction, request.RoleRef!).Failed(out var problem, out var role)
            || (problem = AuthorityRules.MayGrantRole(transaction, caller, role.Id)) is not null)
        {
            return problem;
        }

        GroupQueries.AddRole(transaction, group, role);
        return null;
    }
}
