using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Changes what is given of a group.</summary>
internal sealed class GroupUpdateHandler() : StoreHandler<GroupUpdateRequest, GroupInfo>(GroupOperations.GroupUpdate)
{
    protected override string? Target(GroupUpdateRequest request) => request.GroupRef;

    protected override Outcome<GroupInfo> Run(StoreTransaction transaction, GroupUpdateRequest request, Caller caller, DateTimeOffset now)
    {
        if (GroupQueries.Require(transaction, request.GroupRef!).Failed(out var problem, out var group)
            || AccessKey.Parse(request.Key ?? group.Key).Failed(out problem, out var key)
            || (problem = Description.Check(request.Description, "description")) is not null)
        {
            return problem;
        }

        if (GroupQueries.Find(transaction, key.Value) is { } other && other.Id != group.Id)
        {
            return ProblemCatalogue.GroupAlreadyExists;
        }

        var changed = group with { Key = key.Value, Description = request.Description ?? group.Description };
        GroupQueries.Update(transaction, changed);
        return GroupQueries.Info(transaction, changed);
    }
}
