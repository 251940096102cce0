namespace Medatarun.Server.Users;

/// <summary>A user as stored: the actor's row and the one beside it.</summary>
internal sealed record UserRow
{
    public required Guid Id { get; init; }

    public required string Username { get; init; }

    public required string Fullname { get; init; }

    public string? Email { get; init; }

    public string? PasswordHash { get; init; }

    /// <summary>When the hash came from another system. Only written with a new user, and not read.</summary>
    public DateTimeOffset? HashImportedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>Never the hash.</summary>
    public override string ToString() => Username;
}
