using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names a rule.</summary>
public sealed record IssuerRuleReference
{
    /// <summary>The name of the trusted issuer whose tokens it is about.</summary>
    [Member("The name of the trusted issuer whose tokens it is about.", Required = true)]
    public string? IssuerName { get; init; }

    /// <summary>What the rule is called.</summary>
    [Member("What the rule is called.", Required = true)]
    public string? Name { get; init; }
}
