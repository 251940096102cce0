using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Groups;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>
/// Makes the document of what is: one statement for each kind of thing and of connection, however many there are, all sorted, so that the
/// same content is the same document.
/// </summary>
internal static class StateReader
{
    public static StateSnapshot Read(StoreTransaction transaction)
    {
        var roles = RoleQueries.List(transaction);
        var issuers = TrustedIssuerQueries.List(transaction);
        var document = new StateDocument
        {
            Version = StateDocument.CurrentVersion,
            Settings = new StateSettings { AutomaticRole = roles.Find(role => role.AutoAssign)?.Key ?? "" },
            Permissions = Permissions(transaction),
            Roles = Roles(transaction, roles),
            Groups = Groups(transaction),
            Users = Users(transaction),
            ServiceAccounts = ServiceAccounts(transaction),
            Issuers = Issuers(issuers),
            IssuerRules = Rules(transaction),
        };
        return new StateSnapshot(
            document,
            roles.Where(role => role.Managed).Select(role => role.Key).ToHashSet(StringComparer.Ordinal),
            issuers.Where(issuer => issuer.Managed).Select(issuer => issuer.Name).ToHashSet(StringComparer.Ordinal));
    }

    private static StatePermissionEntry[] Permissions(StoreTransaction transaction)
    {
        var implies = Lists(transaction, "SELECT permission_key, implied_key FROM permission_implications");
        return Sorted(
            transaction.Query(
                "SELECT key, description, category FROM permissions",
                row => new StatePermissionEntry
                {
                    Key = row.GetString(0),
                    Description = row.GetString(1),
                    Category = row.GetString(2),
                    Implies = StateThings.Keys(implies[row.GetString(0)]),
                }),
            permission => permission.Key!);
    }

    private static StateRole[] Roles(StoreTransaction transaction, List<RoleRow> roles)
    {
        var permissions = Lists(transaction, "SELECT role_id, permission_key FROM role_permissions");
        return Sorted(
            roles.Where(role => !role.Managed).Select(role => new StateRole
            {
                Key = role.Key,
                Name = role.Name,
                Description = role.Description,
                Permissions = StateThings.Keys(permissions[role.Id]),
            }),
            role => role.Key!);
    }

    private static StateGroup[] Groups(StoreTransaction transaction)
    {
        var roles = Lists(transaction, "SELECT x.group_id, r.key FROM group_roles x JOIN roles r ON r.id = x.role_id");
        return Sorted(
            GroupQueries.List(transaction).Select(group => new StateGroup
            {
                Key = group.Key,
                Description = group.Description,
                Roles = StateThings.Keys(roles[group.Id]),
            }),
            group => group.Key!);
    }

    private static StateUser[] Users(StoreTransaction transaction)
    {
        var (roles, groups) = Connections(transaction, ActorKinds.User);
        return Sorted(
            ActorQueries.ListOfKind(transaction, ActorKinds.User).Select(user => new StateUser
            {
                Username = user.Subject,
                Fullname = user.Fullname,
                Email = user.Email ?? "",
                Disabled = user.DisabledAt is not null,
                Roles = StateThings.Keys(roles[user.Id.ToString()]),
                Groups = StateThings.Keys(groups[user.Id.ToString()]),
            }),
            user => user.Username!);
    }

    private static StateServiceAccount[] ServiceAccounts(StoreTransaction transaction)
    {
        var (roles, groups) = Connections(transaction, ActorKinds.Service);
        return Sorted(
            ActorQueries.ListOfKind(transaction, ActorKinds.Service).Select(account => new StateServiceAccount
            {
                Name = account.Subject,
                Fullname = account.Fullname,
                Disabled = account.DisabledAt is not null,
                Roles = StateThings.Keys(roles[account.Id.ToString()]),
                Groups = StateThings.Keys(groups[account.Id.ToString()]),
            }),
            account => account.Name!);
    }

    private static StateIssuer[] Issuers(List<TrustedIssuer> issuers) => Sorted(
        issuers.Where(issuer => !issuer.Managed).Select(issuer => new StateIssuer
        {
            Name = issuer.Name,
            Issuer = issuer.Issuer,
            Jwks = issuer.Jwks,
            Authority = issuer.Authority,
            Algorithms = StateThings.Keys(issuer.Algorithms),
            Audiences = StateThings.Keys(issuer.Audiences),
            RuleRequired = issuer.RuleRequired,
            Disabled = issuer.DisabledAt is not null,
        }),
        issuer => issuer.Name!);

    private static StateIssuerRule[] Rules(StoreTransaction transaction)
    {
        var roles = Lists(transaction, "SELECT x.rule_id, r.key FROM issuer_rule_roles x JOIN roles r ON r.id = x.role_id");
        return Sorted(
            IssuerRuleQueries.List(transaction, issuer: null).Select(rule => new StateIssuerRule
            {
                IssuerName = rule.IssuerName,
                Name = rule.Name,
                Description = rule.Description,
                Conditions = rule.Conditions,
                Roles = StateThings.Keys(roles[rule.Id.ToString()]),
            }),
            rule => $"{rule.IssuerName}/{rule.Name}");
    }

    // The roles and the groups of actors of a kind, by the actor's id.
    private static (ILookup<string, string> Roles, ILookup<string, string> Groups) Connections(StoreTransaction transaction, string kind) => (
        Lists(
            transaction,
            """
            SELECT x.actor_id, r.key FROM actor_roles x JOIN roles r ON r.id = x.role_id JOIN actors a ON a.id = x.actor_id
            WHERE a.kind = @kind
            """,
            ("@kind", kind)),
        Lists(
            transaction,
            """
            SELECT x.actor_id, g.key FROM group_members x JOIN user_groups g ON g.id = x.group_id JOIN actors a ON a.id = x.actor_id
            WHERE a.kind = @kind
            """,
            ("@kind", kind)));

    private static ILookup<string, string> Lists(
        StoreTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        transaction.Query(sql, row => (Owner: row.GetString(0), Key: row.GetString(1)), parameters)
            .ToLookup(pair => pair.Owner, pair => pair.Key, StringComparer.Ordinal);

    private static T[] Sorted<T>(IEnumerable<T> things, Func<T, string> name) => [.. things.OrderBy(name, StringComparer.Ordinal)];
}
