namespace Medatarun.Contracts.Auth;

/// <summary>A user, as administrators and the user see them. Never a hash.</summary>
public sealed record UserInfo
{
    /// <summary>The id (UUID version 7).</summary>
    public required string Id { get; init; }

    /// <summary>The username.</summary>
    public required string Username { get; init; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>The full name.</summary>
    public required string Fullname { get; init; }

    /// <summary>Whether the user is an administrator.</summary>
    public required bool Admin { get; init; }

    /// <summary>The first role; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Every role, also through groups.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Every group.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Whether the account is disabled.</summary>
    public required bool Disabled { get; init; }

    /// <summary>
    /// Whether sign-ins are held off at this moment after failed ones, from wherever the user is not known to sign in from.
    /// It ends by itself after a while, unless there were very many; <c>user_unlock</c> ends it at once.
    /// </summary>
    public bool Locked { get; init; }

    /// <summary>When the user was created (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user last signed in (UTC); null for never.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }
}
