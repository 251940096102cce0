using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Lists every permission.</summary>
internal sealed class PermissionListHandler() : StoreHandler<EmptyRequest, IReadOnlyList<PermissionInfo>>(RoleOperations.PermissionList)
{
    protected override Outcome<IReadOnlyList<PermissionInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<PermissionInfo>>.Of(PermissionQueries.List(transaction));
}
