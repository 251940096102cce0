using Medatarun.Server.Storage;

namespace Medatarun.Server.Guessing;

/// <summary>The statements about lanes.</summary>
internal static class LaneQueries
{
    public static LaneState Find(StoreTransaction transaction, LaneKey key) =>
        transaction.QueryFirst(
            "SELECT failures, blocked_until FROM sign_in_lanes WHERE key = @key",
            row => new Stored(new LaneState(row.GetInt32(0), row.TimeOrNull(1))),
            ("@key", key.Text))?.State ?? default;

    /// <summary>Stores a lane; one without failures has no row.</summary>
    public static void Save(StoreTransaction transaction, LaneKey key, LaneState state, DateTimeOffset now)
    {
        if (state.Counted <= 0)
        {
            transaction.Execute("DELETE FROM sign_in_lanes WHERE key = @key", ("@key", key.Text));
            return;
        }

        // The user may have been deleted since the name was looked up: then the row belongs to nobody, and is pruned like such.
        transaction.Execute(
            """
            INSERT INTO sign_in_lanes (key, actor_id, failures, blocked_until, changed_at)
            VALUES (@key, (SELECT id FROM actors WHERE id = @actor), @failures, @blocked_until, @now)
            ON CONFLICT (key) DO UPDATE SET failures = @failures, blocked_until = @blocked_until, changed_at = @now
            """,
            ("@key", key.Text), ("@actor", key.ActorId), ("@failures", state.Counted), ("@blocked_until", state.BlockedUntil), ("@now", now));
    }

    /// <summary>The keys of every lane of a user.</summary>
    public static List<string> OfUser(StoreTransaction transaction, Guid user) =>
        transaction.Query("SELECT key FROM sign_in_lanes WHERE actor_id = @user", row => row.GetString(0), ("@user", user));

    /// <summary>Starts a lane anew.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">Which.</param>
    /// <param name="inFlight">The attempts that are in flight stay counted.</param>
    public static void Clear(StoreTransaction transaction, string key, int inFlight) =>
        transaction.Execute(
            inFlight == 0
                ? "DELETE FROM sign_in_lanes WHERE key = @key"
                : "UPDATE sign_in_lanes SET failures = @failures, blocked_until = NULL WHERE key = @key",
            ("@key", key), ("@failures", inFlight));

    /// <summary>Whether strangers are refused at this moment who sign in to a user's account.</summary>
    public static bool IsLocked(StoreTransaction transaction, Guid user, DateTimeOffset now)
    {
        var strangers = LaneKey.Strangers(user);
        return transaction.Number(
            """
            SELECT EXISTS (
                SELECT 1 FROM sign_in_lanes
                WHERE key = @key AND failures >= @free AND (failures >= @limit OR blocked_until > @now))
            """,
            ("@key", strangers.Text), ("@free", LaneState.FreeAttempts), ("@limit", strangers.Limit), ("@now", now)) != 0;
    }

    /// <summary>Forgets lanes of names that are nobody's: the ones from before a time, and the oldest of those over a number.</summary>
    public static void Prune(StoreTransaction transaction, DateTimeOffset before, int most)
    {
        var oldest = transaction.Number(
            """
            SELECT COALESCE(
                (SELECT changed_at FROM sign_in_lanes WHERE actor_id IS NULL ORDER BY changed_at DESC LIMIT 1 OFFSET @most), 0)
            """,
            ("@most", most));
        transaction.Execute(
            "DELETE FROM sign_in_lanes WHERE actor_id IS NULL AND changed_at <= @oldest",
            ("@oldest", Math.Max(oldest, before.ToUnixTimeMilliseconds())));
    }

    private sealed record Stored(LaneState State);
}
