using Medatarun.Server.Storage;

namespace Medatarun.Server.Sessions;

/// <summary>The statements about sessions.</summary>
internal static class SessionQueries
{
    public static Guid Open(StoreTransaction transaction, Guid actor, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        // What expired is of no use to anyone; the audit log remembers it.
        transaction.Execute("DELETE FROM sessions WHERE actor_id = @actor AND expires_at <= @now", ("@actor", actor), ("@now", now));
        var id = Guid.CreateVersion7(now);
        transaction.Execute(
            "INSERT INTO sessions (id, actor_id, created_at, expires_at) VALUES (@id, @actor, @now, @expires)",
            ("@id", id), ("@actor", actor), ("@now", now), ("@expires", expiresAt));
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
