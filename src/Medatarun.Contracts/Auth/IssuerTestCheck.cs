namespace Medatarun.Contracts.Auth;

/// <summary>One thing that was looked at in an external token.</summary>
public sealed record IssuerTestCheck
{
    /// <summary>
    /// What was looked at: <c>format</c>, <c>issuer</c>, <c>algorithm</c>, <c>key</c>, <c>signature</c>, <c>audience</c>, <c>time</c>,
    /// <c>type</c>, <c>subject</c>, <c>actor</c>, <c>rule</c>.
    /// </summary>
    public required string Check { get; init; }

    /// <summary>Whether it was as it must be.</summary>
    public required bool Passed { get; init; }

    /// <summary>What was found, and when it was not as it must be, what to do. Never the token or a part of its signature.</summary>
    public required string Detail { get; init; }
}
