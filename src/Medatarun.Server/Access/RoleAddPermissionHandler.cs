using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Puts a permission into a role.</summary>
internal sealed class RoleAddPermissionHandler() : RoleChangeHandler<RolePermissionRequest>(RoleOperations.RoleAddPermission)
{
    protected override string Reference(RolePermissionRequest request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RolePermissionRequest request, Caller caller)
    {
        var permission = request.PermissionKey!;
        if (PermissionQueries.Missing(transaction, permission) is { } unknown)
        {
            return unknown;
        }

        if (permission == PermissionKeys.Admin && role.AutoAssign)
        {
            return new Problem(ProblemCatalogue.Managed, "A role that is assigned automatically cannot hold 'admin'.");
        }

        if (AuthorityRules.MayGrant(transaction, caller, [permission]) is { } problem)
        {
            return problem;
        }

        RoleQueries.AddPermission(transaction, role, permission);
        return null;
    }
}
