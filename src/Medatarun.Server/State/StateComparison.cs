using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>
/// What differs between what is and what should be, in the order in which it is changed: nothing refers to what is not there yet, and
/// deletions come last, backwards. Knows no store; what should be was checked.
/// </summary>
internal sealed class StateComparison
{
    private readonly StateDocument current;
    private readonly StateDocument wanted;
    private readonly bool prune;
    private readonly List<StateStep> changes = [];
    private readonly List<StateStep> deletions = [];

    private StateComparison(StateDocument current, StateDocument wanted, bool prune)
    {
        this.current = current;
        this.wanted = wanted;
        this.prune = prune;
    }

    /// <summary>Walks both by key.</summary>
    /// <param name="current">What is: every section, every member.</param>
    /// <param name="wanted">What should be.</param>
    /// <param name="prune">Whether what the sections of <paramref name="wanted"/> do not name is deleted.</param>
    public static IReadOnlyList<StateStep> Compare(StateDocument current, StateDocument wanted, bool prune) =>
        new StateComparison(current, wanted, prune).Walk();

    private IReadOnlyList<StateStep> Walk()
    {
        var automaticRole = wanted.Settings?.AutomaticRole ?? current.Settings!.AutomaticRole!;
        Section(
            StateKinds.Permission, current.Permissions, wanted.Permissions is null ? null : PermissionOrder.Sort(wanted.Permissions),
            StateThings.Of, permission => StateThings.Of(StateDefaults.Of(permission)));
        Section(StateKinds.Role, current.Roles, Sorted(wanted.Roles), StateThings.Of, role => StateThings.Of(StateDefaults.Of(role)));
        Section(StateKinds.Group, current.Groups, Sorted(wanted.Groups), StateThings.Of, group => StateThings.Of(StateDefaults.Of(group)));
        Section(
            StateKinds.User, current.Users, Sorted(wanted.Users),
            StateThings.Of, user => WithPassword(StateThings.Of(StateDefaults.Of(user, automaticRole)), user.Password));
        Section(
            StateKinds.ServiceAccount, current.ServiceAccounts, Sorted(wanted.ServiceAccounts),
            StateThings.Of, account => StateThings.Of(StateDefaults.Of(account)));
        Section(
            StateKinds.Issuer, current.Issuers, wanted.Issuers?.OrderBy(issuer => issuer.Name, StringComparer.Ordinal),
            StateThings.Of, issuer => StateThings.Of(StateDefaults.Of(issuer)));
        Section(
            StateKinds.IssuerRule, current.IssuerRules, wanted.IssuerRules?.OrderBy(rule => $"{rule.IssuerName}/{rule.Name}", StringComparer.Ordinal),
            StateThings.Of, rule => StateThings.Of(StateDefaults.Of(rule)));
        if (wanted.Settings is { } settings)
        {
            Section(StateKinds.Settings, [current.Settings!], [settings], StateThings.Of, StateThings.Of);
        }

        deletions.Reverse();
        return [.. changes, .. deletions];
    }

    private void Section<T>(
        string kind, IReadOnlyList<T>? existing, IEnumerable<T>? should, Func<T, StateThing> thing, Func<T, StateThing> whole)
    {
        if (should is null)
        {
            return;
        }

        var left = (existing ?? []).Select(thing).ToDictionary(one => one.Name, StringComparer.Ordinal);
        foreach (var item in should)
        {
            var named = thing(item);
            if (!left.Remove(named.Name, out var found))
            {
                var made = whole(item);
                changes.Add(Step(StateDifference.Create, kind, made, made.Members.Where(IsSaid).Select(pair => new StateChange(pair.Member, null, pair.Text))));
            }
            else if (Differing(found, named) is { Count: > 0 } differing)
            {
                changes.Add(Step(StateDifference.Update, kind, named, differing));
            }
        }

        if (prune)
        {
            deletions.AddRange(left.Values
                .OrderByDescending(one => one.Name, StringComparer.Ordinal)
                .Select(one => Step(StateDifference.Delete, kind, one, [])));
        }
    }

    private static List<StateChange> Differing(StateThing found, StateThing named) =>
    [
        .. found.Members.Zip(named.Members)
            .Where(pair => pair.Second.Text is { } text && text != (pair.First.Text ?? ""))
            .Select(pair => new StateChange(pair.First.Member, pair.First.Text ?? "", pair.Second.Text)),
    ];

    // Of what is made, only what is not nothing is worth a line.
    private static bool IsSaid((string Member, string? Text) member) => member.Text is not (null or "" or "false");

    private static StateStep Step(string action, string kind, StateThing thing, IEnumerable<StateChange> changes) => new(
        new StateDifference { Action = action, Kind = kind, Name = thing.Name, Changes = [.. changes] },
        action == StateDifference.Delete ? null : thing.Item);

    private static IEnumerable<StateRole>? Sorted(IReadOnlyList<StateRole>? roles) => roles?.OrderBy(role => role.Key, StringComparer.Ordinal);

    private static IEnumerable<StateGroup>? Sorted(IReadOnlyList<StateGroup>? groups) => groups?.OrderBy(group => group.Key, StringComparer.Ordinal);

    private static IEnumerable<StateUser>? Sorted(IReadOnlyList<StateUser>? users) => users?.OrderBy(user => user.Username, StringComparer.Ordinal);

    private static IEnumerable<StateServiceAccount>? Sorted(IReadOnlyList<StateServiceAccount>? accounts) =>
        accounts?.OrderBy(account => account.Name, StringComparer.Ordinal);

    // Where it comes from, which is no secret.
    private static StateThing WithPassword(StateThing user, StateSecret? password) => password is null
        ? user
        : user with { Members = [.. user.Members, ("password", password.Env is { } name ? $"env {name}" : $"file {password.File}")] };
}
