namespace Medatarun.Server.Guessing;

/// <summary>A lane as stored.</summary>
/// <param name="Counted">Failures in a row, with the attempts that are in flight.</param>
/// <param name="BlockedUntil">From when on the next attempt is admitted; null for now.</param>
internal readonly record struct LaneState(int Counted, DateTimeOffset? BlockedUntil)
{
    /// <summary>How many failures in a row cost nothing but themselves.</summary>
    public const int FreeAttempts = 5;

    private const double FirstWaitSeconds = 5;

    /// <summary>The most that waits double to.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromMinutes(15);

    /// <summary>How long nobody is admitted after a failure.</summary>
    /// <param name="failures">Failures in a row, with that one.</param>
    public static TimeSpan Wait(int failures) => failures < FreeAttempts
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, FirstWaitSeconds * Math.Pow(2, failures - FreeAttempts)));

    /// <summary>With one attempt more, and blocked as if it had failed: so the store says it if the program is killed meanwhile.</summary>
    public LaneState WithReservation(DateTimeOffset now) => WithBlock(Counted + 1, now);

    /// <summary>With the wait that follows a failure.</summary>
    public LaneState WithFailure(int failures, DateTimeOffset now) => this with { BlockedUntil = WithBlock(failures, now).BlockedUntil };

    private LaneState WithBlock(int failures, DateTimeOffset now) =>
        new(failures, failures < FreeAttempts ? BlockedUntil : now + Wait(failures));
}
