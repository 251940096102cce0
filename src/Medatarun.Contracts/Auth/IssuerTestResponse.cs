namespace Medatarun.Contracts.Auth;

/// <summary>Whether an external token would be accepted, and why.</summary>
public sealed record IssuerTestResponse
{
    /// <summary>Whether it would be accepted now.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The name of the trusted issuer; null when none fits.</summary>
    public required string? IssuerName { get; init; }

    /// <summary>The subject; null when the token was not verified.</summary>
    public required string? Subject { get; init; }

    /// <summary>When it ends, without the allowance for clocks; null when the token was not verified.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The names of the rules that fit it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The roles that its sender would have: the actor's own, those of groups, those of rules.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What was looked at, in that order, up to the first that was not as it must be.</summary>
    public required IReadOnlyList<IssuerTestCheck> Checks { get; init; }
}
