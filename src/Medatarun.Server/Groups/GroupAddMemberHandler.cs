using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Groups;

/// <summary>Puts a user or service account into a group.</summary>
internal sealed class GroupAddMemberHandler() : GroupChangeHandler<GroupMemberRequest>(GroupOperations.GroupAddMember)
{
    protected override string Reference(GroupMemberRequest request) => request.GroupRef!;

    protected override string? Target(GroupMemberRequest request) => $"{request.GroupRef}: {request.Username ?? request.Id}";

    protected override Problem? Change(StoreTransaction transaction, GroupRow group, GroupMemberRequest request, Caller caller)
    {
        if (ActorQueries.FindLocal(transaction, request) is not { } actor)
        {
            return UserRules.NotFound(request);
        }

        GroupQueries.AddMember(transaction, group, actor);
        return null;
    }
}
