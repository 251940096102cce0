using Medatarun.Server.External;

namespace Medatarun.Server.Sessions;

/// <summary>A session as stored.</summary>
internal sealed record SessionRow
{
    public required Guid ActorId { get; init; }

    public string? Client { get; init; }

    public string? Address { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends if it is not refreshed before.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ends whatever is done.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public bool Offline { get; init; }

    /// <summary>The token of another issuer that it was exchanged for; null for any other session.</summary>
    public ExternalToken? Exchanged { get; init; }
}
