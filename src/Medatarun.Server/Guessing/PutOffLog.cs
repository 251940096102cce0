using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Guessing;

/// <summary>Says in the log that sign-ins are put off: they are no audit records, and a line for each would fill the disk as well.</summary>
internal sealed partial class PutOffLog(ILogger<PutOffLog> log, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private DateTimeOffset quietUntil;
    private long count;

    /// <summary>Notes that one was put off.</summary>
    /// <param name="reason">What it was told.</param>
    public void Note(string reason)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            count++;
            if (now < quietUntil)
            {
                return;
            }

            Log(reason, count);
            (quietUntil, count) = (now + Interval, 0);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sign-ins are put off: {Reason} ({Count} since the last such line)")]
    private partial void Log(string reason, long count);
}
