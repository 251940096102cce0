namespace Medatarun.Contracts.Auth;

/// <summary>An API token. Never its value.</summary>
public sealed record ApiTokenInfo
{
    /// <summary>The id (UUID version 7).</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in its owner's words.</summary>
    public required string Name { get; init; }

    /// <summary>Whose it is: a username or the name of a service account.</summary>
    public required string Username { get; init; }

    /// <summary>The permissions it is cut to; null when it has all of its owner's.</summary>
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it expires (UTC); null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used (UTC); null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
