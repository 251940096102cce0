using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Shows one role.</summary>
internal sealed class RoleGetHandler() : StoreHandler<RoleReference, RoleInfo>(RoleOperations.RoleGet)
{
    protected override Outcome<RoleInfo> Run(StoreTransaction transaction, RoleReference request, Caller caller, DateTimeOffset now) =>
        RoleQueries.Require(transaction, request.RoleRef!).Failed(out var problem, out var role)
            ? problem
            : RoleQueries.Info(transaction, role);
}
