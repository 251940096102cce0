using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Takes a permission out of a role.</summary>
internal sealed class RoleDeletePermissionHandler() : RoleChangeHandler<RolePermissionRequest>(RoleOperations.RoleDeletePermission)
{
    protected override string Reference(RolePermissionRequest request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RolePermissionRequest request, Caller caller)
    {
        var permission = request.PermissionKey!;
        return PermissionQueries.Missing(transaction, permission)
            ?? AuthorityRules.MayGrant(transaction, caller, [permission])
            ?? (RoleQueries.DeletePermission(transaction, role, permission)
                ? AuthorityRules.AdminRemains(transaction)
                : new Problem(ProblemCatalogue.AssignmentNotFound, $"The role '{role.Key}' does not hold '{permission}'."));
    }
}
