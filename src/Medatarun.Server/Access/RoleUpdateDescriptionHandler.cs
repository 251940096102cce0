using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Changes the description of a role.</summary>
internal sealed class RoleUpdateDescriptionHandler() : RoleChangeHandler<RoleTextRequest>(RoleOperations.RoleUpdateDescription)
{
    protected override string Reference(RoleTextRequest request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RoleTextRequest request, Caller caller)
    {
        if (Description.Check(request.Value, "value") is { } problem)
        {
            return problem;
        }

        RoleQueries.Update(transaction, role with { Description = request.Value ?? "" });
        return null;
    }
}
