using Medatarun.Server.Access;
using Medatarun.Server.Groups;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>
/// The roles and groups that rows of one batch name, and whether the caller may give them: looked up once. Nothing in a batch changes
/// what a role or a group is.
/// </summary>
internal sealed class GrantCache(StoreTransaction transaction, Caller caller)
{
    private readonly Dictionary<string, Outcome<RoleRow>> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Outcome<GroupRow>> groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Problem?> refusedRoles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Problem?> refusedGroups = new(StringComparer.Ordinal);
    private Outcome<RoleRow?>? automatic;

    /// <summary>The role that a row names, or the refusal that says there is none.</summary>
    public Outcome<RoleRow> Role(string reference) => Once(roles, reference, () => RoleQueries.Require(transaction, reference, "role"));

    /// <summary>The group that a row names, or the refusal that says there is none.</summary>
    public Outcome<GroupRow> Group(string reference) => Once(groups, reference, () => GroupQueries.Require(transaction, reference, "groups"));

    /// <summary>The role that comes by itself; null when there is none.</summary>
    public RoleRow? Automatic => (automatic ??= Outcome<RoleRow?>.Of(RoleQueries.AutoAssigned(transaction))).Value;

    /// <summary>The refusal of giving a role away, or null.</summary>
    public Problem? MayGrant(RoleRow role) => Once(refusedRoles, role.Id, () => AuthorityRules.MayGrantRole(transaction, caller, role.Id));

    /// <summary>The refusal of putting somebody into a group, or null.</summary>
    public Problem? MayGrant(GroupRow group) => Once(refusedGroups, group.Id, () => AuthorityRules.MayGrantGroup(transaction, caller, group.Id));

    private static T Once<T>(Dictionary<string, T> known, string key, Func<T> find)
    {
        if (!known.TryGetValue(key, out var found))
        {
            known.Add(key, found = find());
        }

        return found;
    }
}
