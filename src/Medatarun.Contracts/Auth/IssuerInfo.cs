namespace Medatarun.Contracts.Auth;

/// <summary>An issuer whose tokens are accepted.</summary>
public sealed record IssuerInfo
{
    /// <summary>The id, a UUID.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called here: <c>github</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>iss</c> of its tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where its keys are; null when its authority says so.</summary>
    public required string? Jwks { get; init; }

    /// <summary>Where its discovery document is; null when the address of its keys was given.</summary>
    public required string? Authority { get; init; }

    /// <summary>The algorithms of its signatures that are accepted.</summary>
    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>The audiences of which a token must have one; empty when they are not looked at.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Whether only tokens that a rule fits are accepted.</summary>
    public required bool RuleRequired { get; init; }

    /// <summary>Whether its tokens are refused for now.</summary>
    public required bool Disabled { get; init; }

    /// <summary>Whether it stands in the server's configuration, and cannot be changed here.</summary>
    public required bool Managed { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
