using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Shows one group.</summary>
internal sealed class GroupGetHandler() : StoreHandler<GroupReference, GroupInfo>(GroupOperations.GroupGet)
{
    protected override Outcome<GroupInfo> Run(StoreTransaction transaction, GroupReference request, Caller caller, DateTimeOffset now) =>
        GroupQueries.Require(transaction, request.GroupRef!).Failed(out var problem, out var group)
            ? problem
            : GroupQueries.Info(transaction, group);
}
