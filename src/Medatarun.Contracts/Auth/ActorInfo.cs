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

    /// <summary><c>user</c>, <c>service</c> or <c>system</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>Operator</c> for whoever holds the permission <c>admin</c>, else <c>User</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Every role of the actor, also through groups.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Every group of the actor.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>The username of the person who answers for a service account; null for others, and when that person is gone.</summary>
    public string? Owner { get; init; }

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
