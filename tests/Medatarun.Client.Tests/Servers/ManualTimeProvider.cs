using System.Threading.Channels;

namespace Medatarun.Client.Tests.Servers;

/// <summary>
/// A clock that stands still, and remembers for how long somebody wanted to wait. It lets them wait for ever, or moves
/// on to the end of each wait at once.
/// </summary>
internal sealed class ManualTimeProvider(bool skipWaits) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();
    private long elapsed;

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(Interlocked.Read(ref elapsed));

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time) => Interlocked.Add(ref elapsed, time.Ticks);

    /// <summary>The next wait that somebody began.</summary>
    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken cancellationToken) => waits.Reader.ReadAsync(cancellationToken);

    /// <summary>The waits that nobody has asked about yet.</summary>
    public IReadOnlyList<TimeSpan> Waits()
    {
        var all = new List<TimeSpan>();
        while (waits.Reader.TryRead(out var wait))
        {
            all.Add(wait);
        }

        return all;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        waits.Writer.TryWrite(dueTime);
        if (skipWaits)
        {
            Interlocked.Add(ref elapsed, dueTime.Ticks);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Nothing();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
