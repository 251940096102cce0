using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Creates a group.</summary>
internal sealed class GroupCreateHandler() : StoreHandler<GroupCreateRequest, GroupInfo>(GroupOperations.GroupCreate)
{
    protected override string? Target(GroupCreateRequest request) => request.Key;

    protected override Outcome<GroupInfo> Run(StoreTransaction transaction, GroupCreateRequest request, Caller caller, DateTimeOffset now)
    {
        if (AccessKey.Parse(request.Key!).Failed(out var problem, out var key)
            || (problem = Description.Check(request.Description, "description")) is not null)
        {
            return problem;
        }

        if (GroupQueries.Find(transaction, key.Value) is not null)
        {
            return ProblemCatalogue.GroupAlreadyExists;
        }

        var group = new GroupRow(Guid.CreateVersion7(now).ToString(), key.Value, request.Description ?? "", now);
        GroupQueries.Insert(transaction, group);
        return GroupQueries.Info(transaction, group);
    }
}
