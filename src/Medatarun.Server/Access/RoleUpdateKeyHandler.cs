using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Changes the key of a role.</summary>
internal sealed class RoleUpdateKeyHandler() : RoleChangeHandler<RoleTextRequest>(RoleOperations.RoleUpdateKey)
{
    protected override string Reference(RoleTextRequest request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RoleTextRequest request, Caller caller)
    {
        if (AccessKey.Parse(request.Value ?? "", "value").Failed(out var problem, out var key))
        {
            return problem;
        }

        if (RoleQueries.Find(transaction, key.Value) is { } other && other.Id != role.Id)
        {
            return ProblemCatalogue.RoleAlreadyExists;
        }

        RoleQueries.Update(transaction, role with { Key = key.Value });
        return null;
    }
}
