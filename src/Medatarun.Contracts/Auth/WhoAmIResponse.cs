namespace Medatarun.Contracts.Auth;

/// <summary>Who the caller is, and what they may do, at this moment.</summary>
public sealed record WhoAmIResponse
{
    /// <summary>Who vouches for the identity: this server's issuer for local users.</summary>
    public required string Issuer { get; init; }

    /// <summary>A local user's username, an external identity's subject.</summary>
    public required string Sub { get; init; }

    /// <summary>The user's id (UUID).</summary>
    public required string Id { get; init; }

    /// <summary>The username.</summary>
    public required string Username { get; init; }

    /// <summary>The full name.</summary>
    public required string Fullname { get; init; }

    /// <summary>The e-mail address; null when there is none.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the caller is an administrator.</summary>
    public required bool Admin { get; init; }

    /// <summary><c>Operator</c> for an administrator, else <c>User</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The caller's first role; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>Every role of the caller.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Every group of the caller.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Every permission the caller holds.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
