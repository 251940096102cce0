using System.Data.Common;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>The statements about rules. Every change is a change of authority of whoever they fit.</summary>
internal static class IssuerRuleQueries
{
    private const string Select =
        """
        SELECT r.id, r.issuer_id, i.name, r.name, r.description, r.conditions, r.created_at
        FROM issuer_rules r JOIN trusted_issuers i ON i.id = r.issuer_id
        """;

    /// <summary>The rules of an issuer; of all when none is named.</summary>
    public static List<IssuerRule> List(StoreTransaction transaction, Guid? issuer) => issuer is null
        ? transaction.Query($"{Select} ORDER BY i.name, r.name", Read)
        : transaction.Query($"{Select} WHERE r.issuer_id = @issuer ORDER BY r.name", Read, ("@issuer", issuer));

    public static IssuerRule? Find(StoreTransaction transaction, Guid issuer, string name) =>
        transaction.QueryFirst($"{Select} WHERE r.issuer_id = @issuer AND r.name = @name", Read, ("@issuer", issuer), ("@name", name));

    /// <summary>The rule that a request names, or the refusal that says there is none.</summary>
    public static Outcome<IssuerRule> Require(StoreTransaction transaction, string issuerName, string name) =>
        TrustedIssuerQueries.Require(transaction, issuerName, "issuer_name").Failed(out var problem, out var issuer) ? problem
        : Find(transaction, issuer.Id, name) is { } rule ? rule
        : Problem.OfMember(IssuerProblems.IssuerRuleNotFound, "name", $"'{issuerName}' has no rule '{name}'.");

    public static void Insert(StoreTransaction transaction, IssuerRule rule, IEnumerable<RoleRow> roles)
    {
        transaction.Execute(
            """
            INSERT INTO issuer_rules (id, issuer_id, name, description, conditions, created_at)
            VALUES (@id, @issuer, @name, @description, @conditions, @created_at)
            """,
            ("@id", rule.Id), ("@issuer", rule.IssuerId), ("@name", rule.Name), ("@description", rule.Description),
            ("@conditions", Text(rule.Conditions)), ("@created_at", rule.CreatedAt));
        SetRoles(transaction, rule, roles);
    }

    /// <summary>Stores description and conditions of a rule.</summary>
    public static void Update(StoreTransaction transaction, IssuerRule rule)
    {
        transaction.Execute(
            "UPDATE issuer_rules SET description = @description, conditions = @conditions WHERE id = @id",
            ("@description", rule.Description), ("@conditions", Text(rule.Conditions)), ("@id", rule.Id));
        transaction.TouchEveryone();
    }

    /// <summary>Makes these the roles that a rule gives.</summary>
    public static void SetRoles(StoreTransaction transaction, IssuerRule rule, IEnumerable<RoleRow> roles)
    {
        transaction.Execute("DELETE FROM issuer_rule_roles WHERE rule_id = @rule", ("@rule", rule.Id));
        foreach (var role in roles)
        {
            transaction.Execute(
                "INSERT INTO issuer_rule_roles (rule_id, role_id) VALUES (@rule, @role) ON CONFLICT (rule_id, role_id) DO NOTHING",
                ("@rule", rule.Id), ("@role", role.Id));
        }

        transaction.TouchEveryone();
    }

    public static void Delete(StoreTransaction transaction, IssuerRule rule)
    {
        transaction.Execute("DELETE FROM issuer_rules WHERE id = @id", ("@id", rule.Id));
        transaction.TouchEveryone();
    }

    /// <summary>The roles of a rule, by key.</summary>
    public static List<RoleRow> Roles(StoreTransaction transaction, IssuerRule rule) =>
        transaction.Query(
            "SELECT x.role_id FROM issuer_rule_roles x JOIN roles r ON r.id = x.role_id WHERE x.rule_id = @rule ORDER BY r.key",
            row => row.GetString(0),
            ("@rule", rule.Id)).ConvertAll(id => RoleQueries.Find(transaction, $"id:{id}")!);

    /// <summary>A rule as the outside sees it.</summary>
    public static IssuerRuleInfo Info(StoreTransaction transaction, IssuerRule rule) => new()
    {
        Id = rule.Id.ToString(),
        IssuerName = rule.IssuerName,
        Name = rule.Name,
        Description = rule.Description,
        Conditions = rule.Conditions,
        Roles = [.. Roles(transaction, rule).Select(role => role.Key)],
        CreatedAt = rule.CreatedAt,
    };

    private static string Text(IReadOnlyList<ClaimCondition> conditions) =>
        JsonSerializer.Serialize(conditions, MedatarunJson.Context.IReadOnlyListClaimCondition);

    private static IssuerRule Read(DbDataReader row) => new()
    {
        Id = row.Id(0),
        IssuerId = row.Id(1),
        IssuerName = row.GetString(2),
        Name = row.GetString(3),
        Description = row.GetString(4),
        Conditions = JsonSerializer.Deserialize(row.GetString(5), MedatarunJson.Context.IReadOnlyListClaimCondition)!,
        CreatedAt = row.Time(6),
    };
}
