using Medatarun.Server.Storage;

namespace Medatarun.Server.Guessing;

/// <summary>The last sources from which each account was signed in to. They have lanes of their own.</summary>
internal static class KnownSources
{
    private const int Kept = 5;

    /// <summary>The lane of whoever signs in to an account from a source.</summary>
    public static LaneKey LaneOf(StoreTransaction transaction, Guid user, string? source) =>
        source is not null && Knows(transaction, user, source) ? LaneKey.Known(user, source) : LaneKey.Strangers(user);

    /// <summary>Whether an account was signed in to from a source.</summary>
    public static bool Knows(StoreTransaction transaction, Guid user, string source) =>
        transaction.Number(
            "SELECT EXISTS (SELECT 1 FROM known_sources WHERE actor_id = @user AND source = @source)",
            ("@user", user), ("@source", source)) != 0;

    /// <summary>Notes that an account was signed in to from a source; returns the sources that are forgotten for it.</summary>
    public static List<string> Remember(StoreTransaction transaction, Guid user, string source, DateTimeOffset now)
    {
        transaction.Execute(
            """
            INSERT INTO known_sources (actor_id, source, last_sign_in_at) VALUES (@user, @source, @now)
            ON CONFLICT (actor_id, source) DO UPDATE SET last_sign_in_at = @now
            """,
            ("@user", user), ("@source", source), ("@now", now));
        return transaction.Query(
            """
            DELETE FROM known_sources WHERE actor_id = @user AND source NOT IN (
                SELECT source FROM known_sources WHERE actor_id = @user
                ORDER BY source = @source DESC, last_sign_in_at DESC, source LIMIT @kept)
            RETURNING source
            """,
            row => row.GetString(0),
            ("@user", user), ("@source", source), ("@kept", Kept));
    }
}
