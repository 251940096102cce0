using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Groups;

/// <summary>Takes a user or service account out of a group.</summary>
internal sealed class GroupDeleteMemberHandler() : GroupChangeHandler<GroupMemberRequest>(GroupOperations.GroupDeleteMember)
{
    protected override string Reference(GroupMemberRequest request) => request.GroupRef!;

    protected override string? Target(GroupMemberRequest request) => $"{request.GroupRef}: {request.Username ?? request.Id}";

    protected override Problem? Change(StoreTransaction transaction, GroupRow group, GroupMemberRequest request, Caller caller) =>
        ActorQueries.FindLocal(transaction, request) is not { } actor ? UserRules.NotFound(request)
        : GroupQueries.DeleteMember(transaction, group, actor) ? AuthorityRules.AdminRemains(transaction, request.Username)
        : new Problem(ProblemCatalogue.AssignmentNotFound, $"'{request.Username ?? request.Id}' is not in the group '{group.Key}'.");
}
