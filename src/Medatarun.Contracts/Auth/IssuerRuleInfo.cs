namespace Medatarun.Contracts.Auth;

/// <summary>A rule: which roles tokens of an issuer give, when their claims are so.</summary>
public sealed record IssuerRuleInfo
{
    /// <summary>The id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the trusted issuer whose tokens it is about.</summary>
    public required string IssuerName { get; init; }

    /// <summary>What the rule is called.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>What must all be true of a token.</summary>
    public required IReadOnlyList<ClaimCondition> Conditions { get; init; }

    /// <summary>The keys of the roles that it gives.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
