namespace Medatarun.Server;

/// <summary>An issuer whose tokens are accepted, as the configuration has it. <see cref="TrustedIssuerRules"/> says what values may be.</summary>
public sealed record TrustedIssuerOptions
{
    /// <summary>What it is called: 2 to 64 characters, unique.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>iss</c> of its tokens, unique and not the server's own. Default: the authority.</summary>
    public string? Issuer { get; init; }

    /// <summary>Where its keys are (JWKS). Either this or <see cref="Authority"/> is set.</summary>
    public string? Jwks { get; init; }

    /// <summary>Where it is, to find its keys by discovery.</summary>
    public string? Authority { get; init; }

    /// <summary>The algorithms that are accepted. Default: RS256.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [TrustedIssuerRules.DefaultAlgorithm];

    /// <summary>The audiences of which a token must have one. Default: they are not looked at.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Whether only tokens that a rule fits are accepted. Default: false.</summary>
    public bool RuleRequired { get; init; }

    /// <summary>The <c>iss</c> of its tokens, with the default worked out; null when there is neither an issuer nor an authority.</summary>
    public string? TokenIssuer => Issuer ?? Authority;
}
