using Medatarun.Server.Storage;

namespace Medatarun.Server.Guessing;

/// <summary>The last sources from which each account was signed in to. They have lanes of their own.</summary>
internal static class KnownSources
{
    private const int Kept = 5;

    /// <summary>The lane of whoever signs in to an account from a source.</summary>
    /// <remarks>
    /// Where the source's own lane is closed, it is a stranger: who shares an address with others should not be locked out by
    /// ten failures of theirs.
    /// </remarks>
    public static LaneKey LaneOf(StoreTransaction transaction, Guid user, string? source)
    {
        var known = LaneKey.Known(user, source ?? "");
        return transaction.Number(
            """
            SELECT EXISTS (
                SELECT 1 FROM known_sources
                WHERE actor_id = @user AND source = @source
                  AND NOT EXISTS (SELECT 1 FROM sign_in_lanes WHERE key = @key AND failures >= @limit))
            """,
            ("@user", user), ("@source", source), ("@key", known.Text), ("@limit", known.Limit)) != 0
                ? known
                : LaneKey.Strangers(user);
    }


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
