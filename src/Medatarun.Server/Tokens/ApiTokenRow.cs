namespace Medatarun.Server.Tokens;

/// <summary>An API token as stored, with its owner's name; its hash stays in the store.</summary>
internal sealed record ApiTokenRow
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required string OwnerName { get; init; }

    public required string Name { get; init; }

    /// <summary>What it is cut to, as <see cref="Access.PermissionText"/>; null for nothing.</summary>
    public string? Permissions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}
