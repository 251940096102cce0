using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>An identity that may act here: a local user now, service accounts and external identities later.</summary>
public sealed record ActorInfo
{
    /// <summary>The id; a local user's actor has the user's id.</summary>
    public required string Id { get; init; }

    /// <summary>Who vouches for the identity.</summary>
    public required string Issuer { get; init; }

    /// <summary>The identity's name at its issuer; a local user's username.</summary>
    public required string Subject { get; init; }

    /// <summary>The full name.</summary>
    public required string Fullname { get; init; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>Every role of the actor.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When the actor was disabled (UTC); null while enabled.</summary>
    [JsonPropertyName("disabledAt")]
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>When the actor was created (UTC).</summary>
    [JsonPropertyName("createdAt")]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the actor was last seen (UTC); null for never.</summary>
    [JsonPropertyName("lastSeenAt")]
    public DateTimeOffset? LastSeenAt { get; init; }
}
