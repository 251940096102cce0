using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Medatarun.Server.Guessing;

/// <summary>
/// Waits until a moment, to a tenth of a millisecond. Timers come up to 15 ms late, which would tell a refusal that
/// only waits from one that worked. One thread waits for all, and does not spin where the operating system has better.
/// </summary>
internal sealed partial class PreciseDelay(TimeProvider time) : IDisposable
{
    // How early to stop waiting the coarse way. On Windows a thread wakes at the ticks of a clock of 15.6 ms.
    private static readonly TimeSpan Coarse = TimeSpan.FromMilliseconds(OperatingSystem.IsWindows() ? 17 : 1);

    private readonly PriorityQueue<TaskCompletionSource, long> due = new();
    private Thread? thread;
    private bool stopping;

    /// <summary>Completes at a timestamp of the time provider; at once when it has passed.</summary>
    public Task UntilAsync(long timestamp)
    {
        if (time.GetTimestamp() >= timestamp)
        {
            return Task.CompletedTask;
        }

        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (due)
        {
            due.Enqueue(completion, timestamp);
            if (thread is null)
            {
                thread = new Thread(Loop) { IsBackground = true, Name = "medatarun-delay" };
                thread.Start();
            }

            Monitor.Pulse(due);
        }

        return completion.Task;
    }

    public void Dispose()
    {
        lock (due)
        {
            stopping = true;
            Monitor.Pulse(due);
        }

        thread?.Join();
    }

    private void Loop()
    {
        while (NextPause() is { } pause)
        {
            if (OperatingSystem.IsWindows())
            {
                Thread.Sleep(0);
            }
            else
            {
                _ = Sleep((uint)pause.TotalMicroseconds);
            }
        }
    }

    /// <summary>Completes what is due, and returns the little that is left until the next; null when there will be none.</summary>
    private TimeSpan? NextPause()
    {
        lock (due)
        {
            while (!stopping)
            {
                if (!due.TryPeek(out var next, out var timestamp))
                {
                    Monitor.Wait(due);
                    continue;
                }

                var left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
                if (left <= TimeSpan.Zero)
                {
                    due.Dequeue();
                    next.SetResult();
                }
                else if (left <= Coarse)
                {
                    return left;
                }
                else
                {
                    Monitor.Wait(due, Math.Max(1, (int)(left - Coarse).TotalMilliseconds));
                }
            }

            while (due.TryDequeue(out var abandoned, out _))
            {
                abandoned.SetResult();
            }

            return null;
        }
    }

    [UnsupportedOSPlatform("windows")]
    [LibraryImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(uint microseconds);
}
