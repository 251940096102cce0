namespace Medatarun.PowerShell.Tests.Support;

/// <summary>A clock that a test can move on. Waits take as long as ever. Compiled by Add-Type in the Pester suites.</summary>
public sealed class MovedClock : TimeProvider
{
    private long ticks;

    /// <summary>Moves it on.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ticks));
}
