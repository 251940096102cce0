namespace Medatarun.Contracts.Import;

/// <summary>How the passwords of all users are kept.</summary>
public sealed record PasswordSummary
{
    /// <summary>How many users there are.</summary>
    public required int Users { get; init; }

    /// <summary>How many have a hash of today's algorithm and strength.</summary>
    public required int Current { get; init; }

    /// <summary>How many have one that the next sign-in upgrades: another algorithm, or fewer iterations.</summary>
    public required int Outdated { get; init; }

    /// <summary>How many have no password.</summary>
    public required int WithoutPassword { get; init; }

    /// <summary>How many came with a hash of another system since the server began.</summary>
    public required int Imported { get; init; }

    /// <summary>How many of those were upgraded by a sign-in, or have a new password.</summary>
    public required int ImportedAndUpgraded { get; init; }
}
