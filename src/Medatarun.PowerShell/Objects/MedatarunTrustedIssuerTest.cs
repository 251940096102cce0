using System.Collections.ObjectModel;
using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>Whether a token of another issuer would be accepted, and why. Never the token.</summary>
public sealed class MedatarunTrustedIssuerTest
{
    internal MedatarunTrustedIssuerTest(IssuerTestResponse answer)
    {
        Accepted = answer.Accepted;
        IssuerName = answer.IssuerName;
        Subject = answer.Subject;
        ExpiresAt = answer.ExpiresAt;
        Rules = new NameList(answer.Rules);
        Roles = new NameList(answer.Roles);
        Checks = new ReadOnlyCollection<MedatarunTrustedIssuerCheck>(
            [.. answer.Checks.Select(check => new MedatarunTrustedIssuerCheck(check))]);
    }

    /// <summary>Whether it would be accepted now.</summary>
    public bool Accepted { get; }

    /// <summary>The name of the trusted issuer; null when none fits.</summary>
    public string? IssuerName { get; }

    /// <summary>Whom it is about; null when the token was not verified.</summary>
    public string? Subject { get; }

    /// <summary>When it ends (UTC); null when the token was not verified.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The names of the rules that fit it.</summary>
    public NameList Rules { get; }

    /// <summary>The roles that its sender would have.</summary>
    public NameList Roles { get; }

    /// <summary>What was looked at, in that order, up to the first that was not as it must be.</summary>
    public IReadOnlyList<MedatarunTrustedIssuerCheck> Checks { get; }
}
