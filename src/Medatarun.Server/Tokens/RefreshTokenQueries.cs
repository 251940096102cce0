using System.Data.Common;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>The statements about refresh tokens.</summary>
internal static class RefreshTokenQueries
{
    /// <summary>A refresh token by its hash, used or not; null when there is none.</summary>
    public static RefreshTokenRow? Find(StoreTransaction transaction, string hash) =>
        transaction.QueryFirst(
            """
            SELECT t.session_id, s.actor_id, t.used_at, t.answer, s.ended_at, s.expires_at, s.ends_at
            FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id
            WHERE t.hash = @hash
            """,
            Read,
            ("@hash", hash));

    public static void Insert(StoreTransaction transaction, string hash, Guid session, DateTimeOffset now) =>
        transaction.Execute(
            "INSERT INTO refresh_tokens (hash, session_id, created_at) VALUES (@hash, @session, @now)",
            ("@hash", hash), ("@session", session), ("@now", now));

    /// <summary>Stores that a token was exchanged, and for what.</summary>
    public static void MarkUsed(StoreTransaction transaction, string hash, string answer, DateTimeOffset now) =>
        transaction.Execute(
            "UPDATE refresh_tokens SET used_at = @now, answer = @answer WHERE hash = @hash",
            ("@now", now), ("@answer", answer), ("@hash", hash));

    /// <summary>Forgets the answers of tokens that were exchanged at that moment or before.</summary>
    public static int ForgetAnswers(StoreTransaction transaction, DateTimeOffset usedUntil) =>
        transaction.Execute(
            "UPDATE refresh_tokens SET answer = NULL WHERE answer IS NOT NULL AND used_at <= @until", ("@until", usedUntil));

    private static RefreshTokenRow Read(DbDataReader row) => new()
    {
        SessionId = row.Id(0),
        ActorId = row.Id(1),
        UsedAt = row.TimeOrNull(2),
        Answer = row.Text(3),
        SessionEndedAt = row.TimeOrNull(4),
        SessionExpiresAt = row.Time(5),
        SessionEndsAt = row.Time(6),
    };
}
