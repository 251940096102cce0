namespace Medatarun.Server.Guessing;

/// <summary>What came of a password that somebody gave.</summary>
internal readonly record struct PasswordVerdict
{
    /// <summary>Whether it was computed, and is the right one.</summary>
    public required bool Matches { get; init; }

    /// <summary>Whether the lane refused it, so that nothing was computed.</summary>
    public required bool HeldOff { get; init; }

    /// <summary>When to try again, if it was held off; null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The time that was spent waiting, for others of the lane and for a turn to be computed.</summary>
    public TimeSpan Waited { get; init; }
}
