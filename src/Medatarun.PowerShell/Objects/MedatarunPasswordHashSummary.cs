using Medatarun.Contracts.Import;

namespace Medatarun.PowerShell.Objects;

/// <summary>How the passwords of all users are kept.</summary>
public sealed class MedatarunPasswordHashSummary
{
    internal MedatarunPasswordHashSummary(PasswordSummary summary)
    {
        Users = summary.Users;
        Current = summary.Current;
        Outdated = summary.Outdated;
        WithoutPassword = summary.WithoutPassword;
        Imported = summary.Imported;
        Upgraded = summary.ImportedAndUpgraded;
    }

    /// <summary>How many users there are.</summary>
    public int Users { get; }

    /// <summary>How many have a hash of today's algorithm and strength.</summary>
    public int Current { get; }

    /// <summary>How many have one that their next sign-in upgrades.</summary>
    public int Outdated { get; }

    /// <summary>How many have no password.</summary>
    public int WithoutPassword { get; }

    /// <summary>How many came with a hash of another system.</summary>
    public int Imported { get; }

    /// <summary>How many of those were upgraded by a sign-in, or have a new password.</summary>
    public int Upgraded { get; }
}
