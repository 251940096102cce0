using System.Buffers.Binary;

namespace Medatarun.Server.Guessing;

/// <summary>How long real attempts took a moment ago, without what they waited.</summary>
internal sealed class RecentDurations(RandomSource random, TimeProvider time)
{
    private const int Kept = 16;

    // What the machine did before then says nothing about now.
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<TimeSpan> durations = new(Kept);
    private long notedAt;

    /// <summary>Notes how long an attempt took.</summary>
    public void Note(TimeSpan duration)
    {
        lock (gate)
        {
            if (IsStale)
            {
                durations.Clear();
            }
            else if (durations.Count == Kept)
            {
                durations.Dequeue();
            }

            durations.Enqueue(duration);
            notedAt = time.GetTimestamp();
        }
    }

    /// <summary>
    /// One of them; null when there was none lately. Any, and not their middle: what always takes the same time could be told
    /// from what does not.
    /// </summary>
    public TimeSpan? Any()
    {
        lock (gate)
        {
            return IsStale ? null : durations.ElementAt(Index());
        }
    }

    private bool IsStale => durations.Count == 0 || time.GetElapsedTime(notedAt) > Moment;

    private int Index()
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(bytes) % (uint)durations.Count);
    }
}
