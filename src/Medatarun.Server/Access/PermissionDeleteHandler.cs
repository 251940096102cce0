using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Deletes a registered permission and takes it out of every role.</summary>
internal sealed class PermissionDeleteHandler() : StoreHandler<PermissionReference, StatusResponse>(RoleOperations.PermissionDelete)
{
    protected override string? Target(PermissionReference request) => request.PermissionKey;

    protected override Outcome<StatusResponse> Run(
        StoreTransaction transaction, PermissionReference request, Caller caller, DateTimeOffset now)
    {
        var key = request.PermissionKey!;
        if (PermissionCatalogue.IsBuiltIn(key))
        {
            return new Problem(ProblemCatalogue.Managed, $"The permission '{key}' is the product's own and cannot be deleted.");
        }

        if (PermissionQueries.Missing(transaction, key) is { } problem)
        {
            return problem;
        }

        PermissionQueries.Delete(transaction, key);
        return StatusResponse.Ok;
    }
}
