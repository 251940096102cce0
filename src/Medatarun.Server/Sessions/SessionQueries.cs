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
            INSERT INTO sessions (id, actor_id, client, address, created_at, expires_at, ends_at, offline)
            VALUES (@id, @actor, @client, @address, @created_at, @expires_at, @ends_at, @offline)
            """,
            ("@id", id), ("@actor", session.ActorId), ("@client", session.Client), ("@address", session.Address),
            ("@created_at", session.CreatedAt), ("@expires_at", session.ExpiresAt), ("@ends_at", session.EndsAt),
            ("@offline", session.Offline));
        return id;
    }

    public static void End(StoreTransaction transaction, Guid actor, Guid session, DateTimeOffset now)
    {
        transaction.Execute(
            "UPDATE sessions SET ended_at = @now WHERE id = @session AND ended_at IS NULL", ("@now", now), ("@session", session));
        transaction.Touch(actor);
    }

    /// <summary>Ends the sessions of an actor, but for one that is spared.</summary>
    public static void EndAll(StoreTransaction transaction, Guid actor, DateTimeOffset now, Guid? spared = null)
    {
        transaction.Execute(
            "UPDATE sessions SET ended_at = @now WHERE actor_id = @actor AND ended_at IS NULL AND id <> @spared",
            ("@now", now), ("@actor", actor), ("@spared", spared ?? Guid.Empty));
        transaction.Touch(actor);
    }
}
