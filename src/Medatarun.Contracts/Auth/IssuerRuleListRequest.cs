using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Lists rules.</summary>
public sealed record IssuerRuleListRequest
{
    /// <summary>The name of the trusted issuer whose rules are listed. Default: those of all.</summary>
    [Member("The name of the trusted issuer whose rules are listed; those of all when left out.")]
    public string? IssuerName { get; init; }
}
