using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Hashing on threads of its own, as many as processors and with less priority than those that answer, so that requests that need
/// no hash do not wait behind it. A thread that has room takes what waits at that moment, also while it computes others. What is over the queue's length is refused at once, and who leaves frees their place.
/// </summary>
internal sealed class HashQueue : IDisposable
{
    /// <summary>How many may wait. At this length the last one waits about half a minute on two processors.</summary>
    public const int DefaultLength = 512;

    private readonly HashEngine engine;
    private readonly int length;
    private readonly TimeProvider time;
    private readonly LinkedList<HashJob> waiting = new();
    private readonly Thread[] threads;
    private int waitingToCompute;
    private int idle;
    private long computed;
    private bool stopping;

    public HashQueue(HashEngine engine, int width, int length, TimeProvider time)
    {
        this.engine = engine;
        this.length = length;
        this.time = time;
        threads = [.. Enumerable.Range(0, width).Select(number => new Thread(Loop)
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
            Monitor.Pulse(waiting);
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

    private void Loop()
    {
        ThreadPriorities.LowerOwn();
        var running = new HashLanes(engine);
        var (taken, done) = (new List<HashJob>(), new List<HashJob>());
        while (Take(taken, running.Used))
        {
            running.Run(taken, done);
            Interlocked.Add(ref computed, done.Count);
            done.ForEach(job => job.Complete());
            taken.Clear();
            done.Clear();
        }
    }

    /// <summary>
    /// The oldest jobs, as many as the thread has room for; false when it has nothing to do and no more will come. Only a thread
    /// that has nothing to do waits here. Whoever only takes their turn has it with those around them, and takes no room.
    /// </summary>
    private bool Take(List<HashJob> taken, int used)
    {
        lock (waiting)
        {
            while (waiting.Count == 0 && used == 0)
            {
                if (stopping)
                {
                    return false;
                }

                idle++;
                Monitor.Wait(waiting);
                idle--;
            }

            // Idle threads were woken for the newest, and have a processor for each. One that has just come takes one in any case.
            while (used < engine.Width && waiting.First is { } node && (used == 0 || waiting.Count > idle))
            {
                var job = node.Value;
                Remove(node);
                job.Waited = time.GetElapsedTime(job.QueuedAt);
                if (job.Computes)
                {
                    taken.Add(job);
                    used++;
                }
                else
                {
                    job.Complete();
                }
            }

            return true;
        }
    }

    private void Remove(LinkedListNode<HashJob> node)
    {
        waiting.Remove(node);
        waitingToCompute -= node.Value.Computes ? 1 : 0;
    }
}
