using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Whether what should be can be: finds every fault of a document, with its place.</summary>
internal sealed class StateChecks
{
    private readonly StateSnapshot current;
    private readonly StateDocument wanted;
    private readonly StateKeys keys;
    private readonly StateFaults faults = new();

    private StateChecks(StateSnapshot current, StateDocument wanted, bool prune)
    {
        this.current = current;
        this.wanted = wanted;
        keys = new StateKeys(current, wanted, prune);
    }

    /// <param name="current">What is.</param>
    /// <param name="wanted">What should be.</param>
    /// <param name="prune">Whether what is not named goes.</param>
    /// <param name="isRetired">Whether a username was a deleted user's.</param>
    public static StateFaults Find(StateSnapshot current, StateDocument wanted, bool prune, Func<string, bool> isRetired)
    {
        var checks = new StateChecks(current, wanted, prune);
        checks.Version();
        checks.Permissions();
        checks.Roles();
        checks.Groups();
        new StateActorChecks(current, wanted, prune, checks.keys, isRetired, checks.faults).Find();
        new StateIssuerChecks(current, wanted, checks.keys, checks.faults).Find();
        checks.Settings();
        return checks.faults;
    }

    private void Version()
    {
        if (wanted.Version != StateDocument.CurrentVersion)
        {
            faults.Add("version", wanted.Version is { } version
                ? $"This server reads version {StateDocument.CurrentVersion} of a state, and this is {version}."
                : $"'version' is needed: {StateDocument.CurrentVersion}.");
        }
    }

    private void Permissions()
    {
        var held = current.Document.Permissions!.ToDictionary(permission => permission.Key!, StringComparer.Ordinal);
        var named = new Dictionary<string, StatePermissionEntry>(StringComparer.Ordinal);
        foreach (var (permission, place) in StatePlaces.Of("permissions", wanted.Permissions, faults))
        {
            faults.Add($"{place}.description", Description.Check(permission.Description, "description"));
            faults.Add($"{place}.category", Description.Check(permission.Category, "category", Description.MaxNameLength));
            References($"{place}.implies", permission.Implies, keys.HasPermission, ProblemCatalogue.PermissionNotFound, "permission");
            if (!IsKey($"{place}.key", permission.Key, named.ContainsKey))
            {
                continue;
            }

            named.Add(permission.Key!, permission);
            if (PermissionCatalogue.IsBuiltIn(permission.Key!))
            {
                faults.Add($"{place}.key", Own("permission", permission.Key!));
            }
            else if (held.TryGetValue(permission.Key!, out var found))
            {
                Unchanged(place, StateThings.Of(found), permission);
            }
        }

        Cycles(named);
    }

    // Whoever checks for it relies on what it was when it was registered.
    private void Unchanged(string place, StateThing found, StatePermissionEntry permission)
    {
        if (permission.Implies?.Contains(null!) == true)
        {
            return;
        }

        foreach (var (was, should) in found.Members.Zip(StateThings.Of(permission).Members))
        {
            if (should.Text is { } text && text != was.Text)
            {
                faults.Add($"{place}.{was.Member}", $"'{found.Name}' is registered with '{was.Text}', and a permission does not change: delete it first, or leave this as it is.");
            }
        }
    }

    private void Cycles(Dictionary<string, StatePermissionEntry> named)
    {
        var cyclic = PermissionOrder.Cyclic(named);
        for (var i = 0; i < (wanted.Permissions?.Count ?? 0); i++)
        {
            var permission = wanted.Permissions![i];
            if (permission?.Key is { } key && cyclic.Contains(key))
            {
                faults.Add($"permissions[{i}].implies", new Problem(ProblemCatalogue.PermissionCycle, $"'{key}' would imply itself, or what does."));
            }
            else if (permission?.Implies?.Contains(PermissionKeys.Admin) == true)
            {
                faults.Add(
                    $"permissions[{i}].implies",
                    new Problem(ProblemCatalogue.PermissionCycle, "'admin' implies every permission, so that none can imply it."));
            }
        }
    }

    private void Roles()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (role, place) in StatePlaces.Of("roles", wanted.Roles, faults))
        {
            faults.Add($"{place}.name", Description.Check(role.Name, "name", Description.MaxNameLength));
            faults.Add($"{place}.description", Description.Check(role.Description, "description"));
            References($"{place}.permissions", role.Permissions, keys.HasPermission, ProblemCatalogue.PermissionNotFound, "permission");
            if (IsKey($"{place}.key", role.Key, named.Contains))
            {
                named.Add(role.Key!);
                faults.Add($"{place}.key", current.ManagedRoles.Contains(role.Key!) ? Own("role", role.Key!) : null);
            }

            if (role.Name is not null && string.IsNullOrWhiteSpace(role.Name))
            {
                faults.Add($"{place}.name", "A role's name cannot be empty; leave it out to have the key.");
            }
        }
    }

    private void Groups()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (group, place) in StatePlaces.Of("groups", wanted.Groups, faults))
        {
            faults.Add($"{place}.description", Description.Check(group.Description, "description"));
            References($"{place}.roles", group.Roles, keys.HasRole, ProblemCatalogue.RoleNotFound, "role");
            if (IsKey($"{place}.key", group.Key, named.Contains))
            {
                named.Add(group.Key!);
            }
        }
    }

    private void Settings()
    {
        var automatic = wanted.Settings?.AutomaticRole ?? current.Document.Settings!.AutomaticRole!;
        if (wanted.Settings?.AutomaticRole is { Length: > 0 } role && !keys.HasRole(role))
        {
            faults.Add("settings.automatic_role", new Problem(ProblemCatalogue.RoleNotFound, $"There is no role '{role}', and the state makes none."));
            return;
        }

        // What a role will hold is what the document says, else what it holds.
        var index = (wanted.Roles ?? []).ToList().FindIndex(one => one?.Key == automatic);
        var permissions = (index >= 0 ? wanted.Roles![index].Permissions : null)
            ?? current.Document.Roles!.FirstOrDefault(one => one.Key == automatic)?.Permissions;
        if (automatic == RoleKeys.Admin || permissions?.Contains(PermissionKeys.Admin) == true)
        {
            faults.Add(
                wanted.Settings?.AutomaticRole is null ? $"roles[{index}].permissions" : "settings.automatic_role",
                new Problem(ProblemCatalogue.Managed, "A role that holds 'admin' is never assigned automatically."));
        }
    }

    private bool IsKey(string place, string? key, Func<string, bool> isNamed)
    {
        if (string.IsNullOrEmpty(key))
        {
            faults.Add(place, "It is needed.");
            return false;
        }

        if (AccessKey.Parse(key).Failed(out var problem, out _))
        {
            faults.Add(place, problem);
            return false;
        }

        if (isNamed(key))
        {
            faults.Add(place, $"'{key}' stands there twice.");
            return false;
        }

        return true;
    }

    private void References(string place, IReadOnlyList<string>? references, Func<string, bool> exists, ProblemDefinition missing, string kind) =>
        StatePlaces.References(place, references, exists, missing, kind, faults);

    private static Problem Own(string kind, string key) =>
        new(ProblemCatalogue.Managed, $"The {kind} '{key}' is the product's own, and in no state.");
}
