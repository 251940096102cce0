namespace Medatarun.Server.External;

/// <summary>An issuer whose tokens are accepted, as stored.</summary>
internal sealed record TrustedIssuer
{
    public required Guid Id { get; init; }

    /// <summary>What it is called here.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>iss</c> of its tokens.</summary>
    public required string Issuer { get; init; }

    /// <summary>Where its keys are; null when its authority says so.</summary>
    public string? Jwks { get; init; }

    public string? Authority { get; init; }

    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>One of them must be in a token; empty: not looked at.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    public bool RuleRequired { get; init; }

    /// <summary>Whether it stands in the configuration.</summary>
    public bool Managed { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Another one after every change: what was verified against the one before is verified again.</summary>
    public required Guid Version { get; init; }
}
