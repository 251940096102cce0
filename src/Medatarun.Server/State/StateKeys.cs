using Medatarun.Contracts.Operations;
using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>What a document may refer to: what there will be once it is applied.</summary>
internal sealed class StateKeys
{
    private readonly HashSet<string> permissions;
    private readonly HashSet<string> roles;
    private readonly HashSet<string> groups;
    private readonly HashSet<string> issuers;

    public StateKeys(StateSnapshot current, StateDocument wanted, bool prune)
    {
        var held = current.Document;
        permissions = Remaining(held.Permissions, wanted.Permissions, permission => permission.Key, prune);
        permissions.UnionWith(PermissionCatalogue.All.Select(permission => permission.Key));
        roles = Remaining(held.Roles, wanted.Roles, role => role.Key, prune);
        roles.UnionWith(current.ManagedRoles);
        groups = Remaining(held.Groups, wanted.Groups, group => group.Key, prune);
        issuers = Remaining(held.Issuers, wanted.Issuers, issuer => issuer.Name, prune);
        issuers.UnionWith(current.ManagedIssuers);
    }

    public bool HasPermission(string key) => permissions.Contains(key);

    public bool HasRole(string key) => roles.Contains(key);

    public bool HasGroup(string key) => groups.Contains(key);

    public bool HasIssuer(string name) => issuers.Contains(name);

    private static HashSet<string> Remaining<T>(IReadOnlyList<T>? held, IReadOnlyList<T>? wanted, Func<T, string?> key, bool prune)
        where T : class
    {
        var kept = prune && wanted is not null ? [] : held ?? [];
        // A hole in a list is a fault of its own.
        return kept.Concat((wanted ?? []).Where(item => item is not null)).Select(key).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }
}
