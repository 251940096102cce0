using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Deletes a role and takes it from whoever has it.</summary>
internal sealed class RoleDeleteHandler() : RoleChangeHandler<RoleReference>(RoleOperations.RoleDelete)
{
    protected override string Reference(RoleReference request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RoleReference request, Caller caller)
    {
        if (AuthorityRules.MayGrantRole(transaction, caller, role.Id) is { } problem)
        {
            return problem;
        }

        RoleQueries.Delete(transaction, role);
        return AuthorityRules.AdminRemains(transaction);
    }
}
