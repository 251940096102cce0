using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Reads who a session belongs to.</summary>
internal static class CallerQueries
{
    /// <summary>The caller of a live session of an enabled actor; null when there is none.</summary>
    public static Caller? Load(StoreTransaction transaction, Guid sessionId, DateTimeOffset now) =>
        transaction.QueryFirst(
            """
            SELECT a.id, a.issuer, a.subject, a.fullname, a.email
            FROM sessions s JOIN actors a ON a.id = s.actor_id
            WHERE s.id = @session AND s.ended_at IS NULL AND s.expires_at > @now AND a.disabled_at IS NULL
            """,
            row => new Caller
            {
                SessionId = sessionId,
                ActorId = row.Id(0),
                Issuer = row.GetString(1),
                Subject = row.GetString(2),
                Fullname = row.GetString(3),
                Email = row.Text(4),
                Roles = [],
                Groups = [],
                Permissions = [],
            },
            ("@session", sessionId),
            ("@now", now)) is { } caller
            ? caller with
            {
                Roles = AuthorityQueries.Roles(transaction, caller.ActorId),
                Groups = AuthorityQueries.Groups(transaction, caller.ActorId),
                Permissions = AuthorityQueries.Permissions(transaction, caller.ActorId),
            }
            : null;
}
