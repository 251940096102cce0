using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Groups;

/// <summary>Deletes a group; its members stay.</summary>
internal sealed class GroupDeleteHandler() : GroupChangeHandler<GroupReference>(GroupOperations.GroupDelete)
{
    protected override string Reference(GroupReference request) => request.GroupRef!;

    protected override Problem? Change(StoreTransaction transaction, GroupRow group, GroupReference request, Caller caller)
    {
        GroupQueries.Delete(transaction, group);
        return AuthorityRules.AdminRemains(transaction);
    }
}
