using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes what is given of a rule.</summary>
public sealed record IssuerRuleUpdateRequest
{
    /// <summary>The name of the trusted issuer whose tokens it is about.</summary>
    [Member("The name of the trusted issuer whose tokens it is about.", Required = true)]
    public string? IssuerName { get; init; }

    /// <summary>What the rule is called.</summary>
    [Member("What the rule is called.", Required = true)]
    public string? Name { get; init; }

    /// <summary>What it is for; an empty text clears it.</summary>
    [Member("What it is for; an empty text clears it.")]
    public string? Description { get; init; }

    /// <summary>What must all be true of a token: 1 to 20 conditions, instead of those that are there.</summary>
    [Member("What must all be true of a token, instead of what is there.")]
    public IReadOnlyList<ClaimCondition>? Conditions { get; init; }

    /// <summary>The keys of the roles that it gives: 1 to 20, instead of those that are there.</summary>
    [Member("The keys of the roles that it gives, instead of those that are there.")]
    public IReadOnlyList<string>? Roles { get; init; }
}
