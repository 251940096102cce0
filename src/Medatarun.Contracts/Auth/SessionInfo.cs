namespace Medatarun.Contracts.Auth;

/// <summary>A session that lives: whose it is, where it is used, and until when.</summary>
public sealed record SessionInfo
{
    /// <summary>The id (UUID version 7), the <c>sid</c> of its tokens.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is: a username or the name of a service account.</summary>
    public required string Username { get; init; }

    /// <summary>The program that signed in, as it calls itself; null when it did not say.</summary>
    public string? Client { get; init; }

    /// <summary>The address it signed in from; null when that is not known.</summary>
    public string? Address { get; init; }

    /// <summary>When it was opened (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used (UTC); null for never since it was opened.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it ends if it is not refreshed before (UTC).</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it ends whatever is done (UTC).</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether it can be refreshed.</summary>
    public required bool Offline { get; init; }

    /// <summary>Whether it is the session of this call.</summary>
    public required bool Current { get; init; }
}
