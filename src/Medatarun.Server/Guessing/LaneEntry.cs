namespace Medatarun.Server.Guessing;

/// <summary>What came of asking to be admitted to a lane.</summary>
/// <param name="Attempt">The attempt that may be made; null when none may.</param>
/// <param name="RetryAfter">When to try again, if none may; null when waiting does not help.</param>
/// <param name="Waited">The time that was spent waiting for others of the lane.</param>
internal readonly record struct LaneEntry(GuessAttempt? Attempt, TimeSpan? RetryAfter, TimeSpan Waited);
