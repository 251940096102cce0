namespace Medatarun.Server.Tokens;

/// <summary>A refresh token as stored, with what counts of its session.</summary>
internal sealed record RefreshTokenRow
{
    public required Guid SessionId { get; init; }

    public required Guid ActorId { get; init; }

    /// <summary>When it was exchanged; null until then.</summary>
    public DateTimeOffset? UsedAt { get; init; }

    /// <summary>What it was exchanged for, sealed with the token itself; null before, and when the grace is over.</summary>
    public string? Answer { get; init; }

    public DateTimeOffset? SessionEndedAt { get; init; }

    /// <summary>The idle limit.</summary>
    public required DateTimeOffset SessionExpiresAt { get; init; }

    /// <summary>The absolute limit.</summary>
    public required DateTimeOffset SessionEndsAt { get; init; }

    /// <summary>Whether the session still goes on.</summary>
    public bool IsLive(DateTimeOffset now) => SessionEndedAt is null && SessionExpiresAt > now;
}
