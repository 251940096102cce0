using System.Data.Common;
using System.Text;
using Medatarun.Server.External;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Reads who a credential belongs to.</summary>
internal static class CallerQueries
{
    private const string BySession =
        """
        SELECT a.id, a.issuer, a.subject, a.fullname, a.email, NULL, c.issuer_id, c.claims
        FROM sessions c JOIN actors a ON a.id = c.actor_id
        WHERE c.id = @id AND c.ended_at IS NULL AND c.expires_at > @now AND a.disabled_at IS NULL
        """;

    private const string ByApiToken =
        """
        SELECT a.id, a.issuer, a.subject, a.fullname, a.email, c.permissions, NULL, NULL
        FROM api_tokens c JOIN actors a ON a.id = c.actor_id
        WHERE c.id = @id AND c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > @now) AND a.disabled_at IS NULL
        """;

    /// <summary>A caller as they are now; null when their credential has ended, their actor is disabled, or their issuer is another one since.</summary>
    public static Caller? Reload(StoreTransaction transaction, Caller caller, DateTimeOffset now) =>
        caller.External is { } token
            ? ExternalCallers.Load(transaction, caller.Credential, token)?.Value
            : Load(transaction, caller.Credential, now);

    /// <summary>The caller of a live session or API token of an enabled actor; null when there is none.</summary>
    public static Caller? Load(StoreTransaction transaction, Credential credential, DateTimeOffset now)
    {
        var sql = credential.Kind == CredentialKind.Session ? BySession : ByApiToken;
        return transaction.QueryFirst(sql, Read, ("@id", credential.Id), ("@now", now)) is { } found && Rules(transaction, found) is { } rules
            ? new Caller
            {
                Credential = credential,
                ActorId = found.Actor,
                Issuer = found.Issuer,
                Subject = found.Subject,
                Fullname = found.Fullname,
                Email = found.Email,
                Roles = rules.RolesOf(transaction, found.Actor),
                Groups = AuthorityQueries.Groups(transaction, found.Actor),
                Permissions = Permissions(transaction, found, rules),
                IsExchanged = found.Exchange is not null,
            }
            : null;
    }

    // A session that a token was exchanged for lives by what its issuer's rules say of that token now; null when they let it in no more.
    private static FittingRules? Rules(StoreTransaction transaction, Row found) =>
        found.Exchange is not var (id, claims) ? FittingRules.None
        : TrustedIssuerQueries.Find(transaction, id) is { DisabledAt: null } issuer
            && FittingRules.Of(transaction, issuer, Encoding.UTF8.GetBytes(claims)) is var rules
            && rules.LetIn(issuer)
            ? rules
            : null;

    // Never more than the owner holds now, whatever the token was made with.
    private static IReadOnlyList<string> Permissions(StoreTransaction transaction, Row found, FittingRules rules)
    {
        var held = rules.PermissionsOf(transaction, found.Actor);
        return found.Narrowed is null
            ? held
            : [.. held.Intersect(PermissionGraph.Closure(transaction, PermissionText.Parse(found.Narrowed)))];
    }

    private static Row Read(DbDataReader row) =>
        new(row.Id(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Text(4), row.Text(5), row.IsDBNull(6) ? null : (row.Id(6), row.GetString(7)));

    private sealed record Row(
        Guid Actor, string Issuer, string Subject, string Fullname, string? Email, string? Narrowed, (Guid Issuer, string Claims)? Exchange);
}
