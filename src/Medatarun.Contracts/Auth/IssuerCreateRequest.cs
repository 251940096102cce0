using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Says that tokens of an issuer are accepted.</summary>
public sealed record IssuerCreateRequest
{
    /// <summary>The most audiences.</summary>
    public const int MaxAudiences = 20;

    /// <summary>The longest issuer, address or audience, in characters.</summary>
    public const int MaxTextLength = 500;

    /// <summary>What it is called here, by the rules of a key: 2 to 64 characters. Unique.</summary>
    [Member("What it is called here: lower case letters and digits, in parts joined by one '.', '_' or '-'.", Required = true)]
    public string? Name { get; init; }

    /// <summary>The <c>iss</c> of its tokens, letter for letter; at most 500 characters. Unique, and not this server's own. Default: the authority.</summary>
    [Member("The 'iss' of its tokens, letter for letter; the authority when left out.")]
    public string? Issuer { get; init; }

    /// <summary>Where its keys are: https, or http on this machine. Either this or <see cref="Authority"/> is given.</summary>
    [Member("Where its keys are (JWKS): https, or http on this machine. Either this or 'authority'.")]
    public string? Jwks { get; init; }

    /// <summary>What <c>/.well-known/openid-configuration</c> is put behind to find its keys: https, or http on this machine.</summary>
    [Member("Where it is, to find its keys by discovery. Either this or 'jwks'.")]
    public string? Authority { get; init; }

    /// <summary>The algorithms that are accepted: of RS256, PS256, ES256, ES384. Default: RS256.</summary>
    [Member("The algorithms that are accepted, of RS256, PS256, ES256 and ES384; RS256 when left out.")]
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>The audiences of which a token must have one; at most 20. Default: they are not looked at.</summary>
    [Member("The audiences of which a token must have one; not looked at when left out.")]
    public IReadOnlyList<string>? Audiences { get; init; }

    /// <summary>Whether only tokens that a rule fits are accepted; for issuers that vouch for everybody in the world. Default: false.</summary>
    [Member("Whether only tokens that a rule fits are accepted; false when left out.")]
    public bool? RuleRequired { get; init; }

    /// <summary>Whether its tokens are refused for now. Default: false.</summary>
    [Member("Whether its tokens are refused for now; false when left out.")]
    public bool? Disabled { get; init; }
}
