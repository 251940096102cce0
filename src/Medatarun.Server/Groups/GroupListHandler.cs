using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Lists every group.</summary>
internal sealed class GroupListHandler() : StoreHandler<EmptyRequest, IReadOnlyList<GroupInfo>>(GroupOperations.GroupList)
{
    protected override Outcome<IReadOnlyList<GroupInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<GroupInfo>>.Of(GroupQueries.List(transaction).ConvertAll(group => GroupQueries.Info(transaction, group)));
}
