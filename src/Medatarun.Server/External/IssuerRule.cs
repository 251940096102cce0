using Medatarun.Contracts.Auth;

namespace Medatarun.Server.External;

/// <summary>A rule as stored, without the roles that it gives.</summary>
internal sealed record IssuerRule
{
    public required Guid Id { get; init; }

    public required Guid IssuerId { get; init; }

    public required string IssuerName { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Checked before they were stored.</summary>
    public required IReadOnlyList<ClaimCondition> Conditions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
