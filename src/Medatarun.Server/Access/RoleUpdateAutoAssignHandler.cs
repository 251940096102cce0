using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Says whether new actors get a role by themselves: at most one, and never one that may do everything.</summary>
internal sealed class RoleUpdateAutoAssignHandler() : RoleChangeHandler<RoleAutoAssignRequest>(RoleOperations.RoleUpdateAutoAssign)
{
    protected override string Reference(RoleAutoAssignRequest request) => request.RoleRef!;

    protected override bool AllowsManaged => true;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RoleAutoAssignRequest request, Caller caller)
    {
        if (request.Value != true)
        {
            RoleQueries.Update(transaction, role with { AutoAssign = false });
            return null;
        }

        if (AuthorityQueries.PermissionsOfRole(transaction, role.Id).Contains(PermissionKeys.Admin))
        {
            return new Problem(ProblemCatalogue.Managed, "A role that holds 'admin' is never assigned automatically.");
        }

        if (AuthorityRules.MayGrantRole(transaction, caller, role.Id) is { } problem)
        {
            return problem;
        }

        RoleQueries.ClearAutoAssign(transaction);
        RoleQueries.Update(transaction, role with { AutoAssign = true });
        return null;
    }
}
