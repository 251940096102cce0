using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes what is given of an issuer. Its <c>iss</c> never changes, because its actors are known by it.</summary>
public sealed record IssuerUpdateRequest
{
    /// <summary>What it is called here.</summary>
    [Member("What it is called here.", Required = true)]
    public string? Name { get; init; }

    /// <summary>Where its keys are; takes the place of an authority.</summary>
    [Member("Where its keys are (JWKS); takes the place of an authority.")]
    public string? Jwks { get; init; }

    /// <summary>Where it is, to find its keys by discovery; takes the place of the address of keys.</summary>
    [Member("Where it is, to find its keys by discovery; takes the place of the address of keys.")]
    public string? Authority { get; init; }

    /// <summary>The algorithms that are accepted; an empty list is RS256 again.</summary>
    [Member("The algorithms that are accepted, of RS256, PS256, ES256 and ES384; an empty list is RS256 again.")]
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>The audiences of which a token must have one; an empty list: not looked at.</summary>
    [Member("The audiences of which a token must have one; an empty list: not looked at.")]
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>Whether only tokens that a rule fits are accepted.</summary>
    [Member("Whether only tokens that a rule fits are accepted.")]
    public bool? RuleRequired { get; init; }

    /// <summary>Whether its tokens are refused for now.</summary>
    [Member("Whether its tokens are refused for now.")]
    public bool? Disabled { get; init; }
}
