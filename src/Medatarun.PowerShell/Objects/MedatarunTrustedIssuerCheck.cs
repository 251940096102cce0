using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>One thing that was looked at in a token.</summary>
public sealed class MedatarunTrustedIssuerCheck
{
    internal MedatarunTrustedIssuerCheck(IssuerTestCheck check)
    {
        Check = check.Check;
        Passed = check.Passed;
        Detail = check.Detail;
    }

    /// <summary>What was looked at: <c>issuer</c>, <c>algorithm</c>, <c>key</c>, <c>audience</c>, <c>time</c>, <c>rule</c> and others.</summary>
    public string Check { get; }

    /// <summary>Whether it was as it must be.</summary>
    public bool Passed { get; }

    /// <summary>What was found, and what to do when it was not as it must be.</summary>
    public string Detail { get; }

    /// <summary>What was looked at, and what was found.</summary>
    public override string ToString() => $"{Check}: {Detail}";
}
