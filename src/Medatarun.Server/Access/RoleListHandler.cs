using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Lists every role.</summary>
internal sealed class RoleListHandler() : StoreHandler<EmptyRequest, IReadOnlyList<RoleInfo>>(RoleOperations.RoleList)
{
    protected override Outcome<IReadOnlyList<RoleInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<RoleInfo>>.Of(RoleQueries.List(transaction).ConvertAll(role => RoleQueries.Info(transaction, role)));
}
