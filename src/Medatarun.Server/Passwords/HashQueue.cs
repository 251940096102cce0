using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Hashing on threads of its own, as many as processors and with less priority than those that answer, so that requests that need
/// no hash do not wait behind it. A thread that has room takes what waits, also while it computes others. What is over the queue's
/// length is refused at once, and who leaves frees their place.
/// </summary>
internal sealed class HashQueue : IDisposable
{
    /// <summary>How many may wait. At this length the last one waits about half a minute on two processors, or five seconds for a lane.</summary>
    public const int DefaultLength = 512;

    // Of a thread that computes by the framework, and has no room beside it.
    private const int Full = int.MaxValue;

    private readonly HashEngine engine;
    private readonly int length;
    private readonly TimeProvider time;
    private readonly LinkedList<HashJob> waiting = new();
    private readonly Thread[] threads;

    // How many jobs each thread computes.
    private readonly int[] used;
    private int waitingToCompute;
    private long computed;
    private bool stopping;

    public HashQueue(HashEngine engine, int width, int length, TimeProvider time)
    {
        this.engine = engine;
        this.length = length;
        this.time = time;
        used = new int[width];
        threads = [.. Enumerable.Range(0, width).Select(number => new Thread(() => Loop(number))
        {
            IsBackground = true,
            Name = $"medatarun-hash-{number}",
        })];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <summary>Whether one more could wait at this moment.</summary>
    public bool HasRoom
    {
        get
        {
            lock (waiting)
            {
                return waitingToCompute < length;
            }
        }
    }

    /// <summary>On how many threads hashes are computed.</summary>
    public int Threads => threads.Length;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (waiting)
            {
                return waitingToCompute;
            }
        }
    }

    /// <summary>How many hashes were computed since the start.</summary>
    public long Computed => Interlocked.Read(ref computed);

    /// <summary>
    /// Computes a job when its turn comes; null when the queue is full. Either way its password is cleared in the end. There is always
    /// room for a job that only takes its turn.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller left before its turn.</exception>
    public Task<byte[]>? TryRun(HashJob job, CancellationToken cancellationToken)
    {
        var node = new LinkedListNode<HashJob>(job);
        lock (waiting)
        {
            if (job.Computes && waitingToCompute >= length)
            {
                CryptographicOperations.ZeroMemory(job.Password);
                return null;
            }

            job.QueuedAt = time.GetTimestamp();
            waiting.AddLast(node);
            waitingToCompute += job.Computes ? 1 : 0;
            WakeIfNeeded();
        }

        return WaitAsync(node, cancellationToken);
    }

    public void Dispose()
    {
        lock (waiting)
        {
            stopping = true;
            Monitor.PulseAll(waiting);
        }

        Array.ForEach(threads, thread => thread.Join());
    }

    private async Task<byte[]> WaitAsync(LinkedListNode<HashJob> node, CancellationToken cancellationToken)
    {
        await using var abandonment = cancellationToken.UnsafeRegister((_, token) => Abandon(node, token), null);
        return await node.Value.Task;
    }

    // Nobody waits for the hash of somebody who has left.
    private void Abandon(LinkedListNode<HashJob> node, CancellationToken cancellationToken)
    {
        lock (waiting)
        {
            if (node.List is null)
            {
                return;
            }

            Remove(node);
        }

        node.Value.Cancel(cancellationToken);
    }

    private void Loop(int thread)
    {
        ThreadPriorities.LowerOwn();
        var running = new HashLanes(engine);
        var (taken, done) = (new List<HashJob>(), new List<HashJob>());
        while (Take(thread, running, taken))
        {
            running.Run(taken, done);
            Interlocked.Add(ref computed, done.Count);
            done.ForEach(job => job.Complete());
            taken.Clear();
            done.Clear();
        }
    }

    /// <summary>The oldest jobs, as many as the thread has room for and should have; false when it has none and no more will come.</summary>
    private bool Take(int thread, HashLanes running, List<HashJob> taken)
    {
        lock (waiting)
        {
            used[thread] = running.Used;
            while (running.Used == 0 && waiting.Count <= RoomOfFuller(used[thread]))
            {
                if (stopping)
                {
                    return false;
                }

                Monitor.Wait(waiting);
            }

            // Whoever only takes their turn has it with those around them, and takes no room.
            while (used[thread] < engine.Width && waiting.Count > RoomOfFuller(used[thread]))
            {
                var job = waiting.First!.Value;
                Remove(waiting.First);
                job.Waited = time.GetElapsedTime(job.QueuedAt);
                if (job.Computes)
                {
                    taken.Add(job);
                    used[thread]++;
                }
                else
                {
                    job.Complete();
                }
            }

            // A hash of another system goes through the framework first, and nobody joins meanwhile.
            used[thread] = running.TakesIntoLanes(taken.Count) && taken.TrueForAll(job => job.FitsLanes) ? used[thread] : Full;
            WakeIfNeeded();
            return true;
        }
    }

    /// <summary>
    /// For how many of those that wait there is room with threads that are nearer to full. There they cost nothing, for a set of
    /// lanes takes the same time however many are used, and leave a processor to the threads that answer.
    /// </summary>
    private int RoomOfFuller(int than)
    {
        var room = 0;
        foreach (var count in used)
        {
            room += count > than ? Math.Max(0, engine.Width - count) : 0;
        }

        return room;
    }

    // Those that compute look by themselves.
    private void WakeIfNeeded()
    {
        if (waiting.Count > RoomOfFuller(than: 0))
        {
            Monitor.Pulse(waiting);
        }
    }

    private void Remove(LinkedListNode<HashJob> node)
    {
        waiting.Remove(node);
        waitingToCompute -= node.Value.Computes ? 1 : 0;
    }
}
