using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.External;

/// <summary>From a verified token of another issuer to the caller: the store says whether and what.</summary>
internal sealed class ExternalCallers(StoreHolder store)
{
    /// <summary>The caller, made an actor when they are new; null when the issuer was changed since the token was verified.</summary>
    public async ValueTask<Outcome<Caller>?> LoadAsync(ValidatedToken validated, DateTimeOffset now)
    {
        var token = validated.External!;
        var isKnown = store.Current.Read(transaction => IsCurrent(transaction, token) && FindActor(transaction, token) is not null);
        return isKnown
            ? store.Current.Read(transaction => Load(transaction, validated.Credential, token))
            : await store.Current.WriteAsync(transaction =>
            {
                if (IsCurrent(transaction, token) && FindActor(transaction, token) is null)
                {
                    Insert(transaction, token, now);
                }

                return Load(transaction, validated.Credential, token);
            });
    }

    /// <summary>The caller as the transaction sees them; null when the issuer was changed since the token was verified.</summary>
    public static Outcome<Caller>? Load(StoreTransaction transaction, Credential credential, ExternalToken token)
    {
        if (!IsCurrent(transaction, token))
        {
            return null;
        }

        return FindActor(transaction, token) is { } id && ActorQueries.Find(transaction, Guid.Parse(id)) is { DisabledAt: null } actor
            ? new Caller
            {
                Credential = credential,
                External = token,
                ActorId = actor.Id,
                Issuer = actor.Issuer,
                Subject = actor.Subject,
                Fullname = actor.Fullname,
                Email = actor.Email,
                Roles = AuthorityQueries.Roles(transaction, actor.Id),
                Groups = AuthorityQueries.Groups(transaction, actor.Id),
                Permissions = AuthorityQueries.Permissions(transaction, actor.Id),
            }
            : ProblemCatalogue.InvalidToken;
    }

    private static bool IsCurrent(StoreTransaction transaction, ExternalToken token) =>
        TrustedIssuerQueries.FindByIssuer(transaction, token.Issuer.Issuer)?.Version == token.Issuer.Version;

    private static string? FindActor(StoreTransaction transaction, ExternalToken token) =>
        transaction.QueryFirst(
            "SELECT id FROM actors WHERE kind = 'external' AND issuer = @issuer AND subject = @subject",
            row => row.GetString(0),
            ("@issuer", token.Issuer.Issuer), ("@subject", token.Subject));

    private static void Insert(StoreTransaction transaction, ExternalToken token, DateTimeOffset now) =>
        ActorQueries.Insert(transaction, new ActorRow
        {
            Id = Guid.CreateVersion7(now),
            Kind = "external",
            Issuer = token.Issuer.Issuer,
            Subject = token.Subject,
            Fullname = token.Subject,
            CreatedAt = now,
        });
}
