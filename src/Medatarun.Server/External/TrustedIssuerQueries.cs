using System.Data.Common;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>The statements about trusted issuers.</summary>
internal static class TrustedIssuerQueries
{
    private const string Select =
        """
        SELECT id, name, issuer, jwks, authority, algorithms, audiences, rule_required, managed, disabled_at, created_at, version
        FROM trusted_issuers
        """;

    public static List<TrustedIssuer> List(StoreTransaction transaction) => transaction.Query($"{Select} ORDER BY name", Read);

    public static TrustedIssuer? FindByName(StoreTransaction transaction, string name) =>
        transaction.QueryFirst($"{Select} WHERE name = @name", Read, ("@name", name));

    public static TrustedIssuer? Find(StoreTransaction transaction, Guid id) =>
        transaction.QueryFirst($"{Select} WHERE id = @id", Read, ("@id", id));

    /// <summary>The issuer whose <c>iss</c> this is, letter for letter, also a disabled one; null when there is none.</summary>
    public static TrustedIssuer? FindByIssuer(StoreTransaction transaction, string issuer) =>
        transaction.QueryFirst($"{Select} WHERE issuer = @issuer", Read, ("@issuer", issuer));

    /// <summary>The issuer that a request names, or the refusal that says there is none.</summary>
    public static Outcome<TrustedIssuer> Require(StoreTransaction transaction, string name, string member = "name") =>
        FindByName(transaction, name) is { } issuer
            ? issuer
            : Problem.OfMember(IssuerProblems.IssuerNotFound, member, $"There is no trusted issuer '{name}'.");

    public static void Insert(StoreTransaction transaction, TrustedIssuer issuer)
    {
        transaction.Execute(
            """
            INSERT INTO trusted_issuers
                (id, name, issuer, jwks, authority, algorithms, audiences, rule_required, managed, disabled_at, created_at, version)
            VALUES (@id, @name, @issuer, @jwks, @authority, @algorithms, @audiences, @rule_required, @managed, @disabled_at, @created_at, @version)
            """,
            Values(issuer));
        transaction.TouchEveryone();
    }

    /// <summary>Stores all of an issuer but its <c>iss</c>. The version in it must be a new one.</summary>
    public static void Update(StoreTransaction transaction, TrustedIssuer issuer)
    {
        transaction.Execute(
            """
            UPDATE trusted_issuers
            SET name = @name, jwks = @jwks, authority = @authority, algorithms = @algorithms, audiences = @audiences,
                rule_required = @rule_required, managed = @managed, disabled_at = @disabled_at, version = @version
            WHERE id = @id
            """,
            Values(issuer));
        transaction.TouchEveryone();
    }

    /// <summary>Removes an issuer with its rules and the sessions that its tokens were exchanged for. Its actors stay.</summary>
    public static void Delete(StoreTransaction transaction, TrustedIssuer issuer)
    {
        transaction.Execute("DELETE FROM trusted_issuers WHERE id = @id", ("@id", issuer.Id));
        transaction.TouchEveryone();
    }

    /// <summary>An issuer as the outside sees it.</summary>
    public static IssuerInfo Info(TrustedIssuer issuer) => new()
    {
        Id = issuer.Id.ToString(),
        Name = issuer.Name,
        Issuer = issuer.Issuer,
        Jwks = issuer.Jwks,
        Authority = issuer.Authority,
        Algorithms = issuer.Algorithms,
        Audiences = issuer.Audiences,
        RuleRequired = issuer.RuleRequired,
        Disabled = issuer.DisabledAt is not null,
        Managed = issuer.Managed,
        CreatedAt = issuer.CreatedAt,
    };

    private static (string Name, object? Value)[] Values(TrustedIssuer issuer) =>
    [
        ("@id", issuer.Id), ("@name", issuer.Name), ("@issuer", issuer.Issuer), ("@jwks", issuer.Jwks), ("@authority", issuer.Authority),
        // Neither algorithms nor audiences have white space in them: that is asked before.
        ("@algorithms", string.Join(' ', issuer.Algorithms)), ("@audiences", string.Join(' ', issuer.Audiences)),
        ("@rule_required", issuer.RuleRequired), ("@managed", issuer.Managed), ("@disabled_at", issuer.DisabledAt),
        ("@created_at", issuer.CreatedAt), ("@version", issuer.Version),
    ];

    private static TrustedIssuer Read(DbDataReader row) => new()
    {
        Id = row.Id(0),
        Name = row.GetString(1),
        Issuer = row.GetString(2),
        Jwks = row.Text(3),
        Authority = row.Text(4),
        Algorithms = Words(row.GetString(5)),
        Audiences = Words(row.GetString(6)),
        RuleRequired = row.GetInt64(7) != 0,
        Managed = row.GetInt64(8) != 0,
        DisabledAt = row.TimeOrNull(9),
        CreatedAt = row.Time(10),
        Version = row.Id(11),
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
