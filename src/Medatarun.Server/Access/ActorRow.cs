namespace Medatarun.Server.Access;

/// <summary>An actor as stored.</summary>
internal sealed record ActorRow
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required string Fullname { get; init; }

    public string? Email { get; init; }

    public string? Owner { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }
}
