using System.Data.Common;
using System.Text;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Sessions;

/// <summary>The statements about sessions.</summary>
internal static class SessionQueries
{
    public static Guid Open(StoreTransaction transaction, SessionRow session)
    {
        // What expired is of no use to anyone; the audit log remembers it.
        transaction.Execute(
            "DELETE FROM sessions WHERE actor_id = @actor AND expires_at <= @now",
            ("@actor", session.ActorId), ("@now", session.CreatedAt));
        var id = Guid.CreateVersion7(session.CreatedAt);
        transaction.Execute(
            """
            INSERT INTO sessions (id, actor_id, client, address, created_at, expires_at, ends_at, offline, issuer_id, claims)
            VALUES (@id, @actor, @client, @address, @created_at, @expires_at, @ends_at, @offline, @issuer, @claims)
            """,
            ("@id", id), ("@actor", session.ActorId), ("@client", session.Client), ("@address", session.Address),
            ("@created_at", session.CreatedAt), ("@expires_at", session.ExpiresAt), ("@ends_at", session.EndsAt),
            ("@offline", session.Offline), ("@issuer", session.Exchanged?.Issuer.Id),
            ("@claims", session.Exchanged is { } token ? Encoding.UTF8.GetString(token.Claims.Span) : null));
        return id;
    }

    /// <summary>Ends the oldest sessions of an actor that tokens were exchanged for, so that there are at most so many.</summary>
    public static void KeepNewestExchanged(StoreTransaction transaction, Guid actor, int count)
    {
        if (transaction.Execute(
            """
            DELETE FROM sessions WHERE actor_id = @actor AND issuer_id IS NOT NULL AND id <= (
                SELECT id FROM sessions WHERE actor_id = @actor AND issuer_id IS NOT NULL ORDER BY id DESC LIMIT 1 OFFSET @count)
            """,
            ("@actor", actor), ("@count", count)) > 0)
        {
            transaction.Touch(actor);
        }
    }

    /// <summary>Stores that a session was used to refresh it, and when it ends now.</summary>
    public static void Continue(StoreTransaction transaction, Guid session, DateTimeOffset expiresAt, DateTimeOffset now) =>
        transaction.Execute(
            "UPDATE sessions SET expires_at = @expires_at, last_used_at = @now WHERE id = @session",
            ("@expires_at", expiresAt), ("@now", now), ("@session", session));

    /// <summary>Ends the sessions of an actor, but for one that is spared.</summary>
    public static void EndAll(StoreTransaction transaction, Guid actor, DateTimeOffset now, Guid? spared = null)
    {
        transaction.Execute(
            "UPDATE sessions SET ended_at = @now WHERE actor_id = @actor AND ended_at IS NULL AND id <> @spared",
            ("@now", now), ("@actor", actor), ("@spared", spared ?? Guid.Empty));
        transaction.Touch(actor);
    }

    /// <summary>Sessions that live, the oldest first.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="actor">Whose; null for everybody's.</param>
    /// <param name="after">The id that the page before ended with; empty for the first page.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="now">The moment at which they live.</param>
    public static List<SessionInfo> ListLive(StoreTransaction transaction, Guid? actor, string after, int count, DateTimeOffset now) =>
        transaction.Query(
            $"""
            SELECT s.id, a.subject, s.client, s.address, s.created_at, s.last_used_at, s.expires_at, s.ends_at, s.offline
            FROM sessions s JOIN actors a ON a.id = s.actor_id
            WHERE {(actor is null ? "" : "s.actor_id = @actor AND ")}s.id > @after
              AND s.ended_at IS NULL AND s.expires_at > @now AND a.disabled_at IS NULL
            ORDER BY s.id
            LIMIT @count
            """,
            Read,
            ("@actor", actor), ("@after", after), ("@now", now), ("@count", count));

    private static SessionInfo Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Username = row.GetString(1),
        Client = row.Text(2),
        Address = row.Text(3),
        CreatedAt = row.Time(4),
        LastUsedAt = row.TimeOrNull(5),
        ExpiresAt = row.Time(6),
        EndsAt = row.Time(7),
        Offline = row.GetBoolean(8),
        Current = false,
    };
}
