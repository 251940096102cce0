using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Hashing on threads of its own, as many as processors and with less priority than those that answer, so that requests that need
/// no hash do not wait behind it. A thread that is free takes what waits at that moment, up to a full set of lanes, and waits for no
/// more. What is over the queue's length is refused at once, and who leaves frees their place.
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
        var taken = new List<HashJob>();
        while (Take(taken))
        {
            Compute(taken);
            taken.Clear();
        }
    }

    /// <summary>
    /// The oldest job, and those after it that can be computed with it; false when the queue is empty and no more will come. Whoever
    /// only takes their turn has it with them, and takes no lane from anyone.
    /// </summary>
    private bool Take(List<HashJob> taken)
    {
        lock (waiting)
        {
            while (waiting.Count == 0)
            {
                if (stopping)
                {
                    return false;
                }

                Monitor.Wait(waiting);
            }

            var (iterations, lanes) = (0, engine.Width);
            for (var node = waiting.First; node is not null && lanes > 0;)
            {
                var (job, next) = (node.Value, node.Next);
                iterations = iterations == 0 ? job.Iterations : iterations;
                // Others of another strength (older or imported hashes) keep their place, and go in a set of their own.
                if (!job.Computes || job.Iterations == iterations)
                {
                    Remove(node);
                    job.Waited = time.GetElapsedTime(job.QueuedAt);
                    taken.Add(job);
                    lanes -= job.Computes ? 1 : 0;
                }

                node = next;
            }

            return true;
        }
    }

    private void Remove(LinkedListNode<HashJob> node)
    {
        waiting.Remove(node);
        waitingToCompute -= node.Value.Computes ? 1 : 0;
    }

    private void Compute(List<HashJob> jobs)
    {
        foreach (var turn in jobs.Where(job => !job.Computes))
        {
            turn.Complete();
        }

        jobs.RemoveAll(job => !job.Computes);
        try
        {
            engine.Compute(CollectionsMarshal.AsSpan(jobs));
        }
#pragma warning disable CA1031 // The fault belongs to the callers that wait for it, not to the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            jobs.ForEach(job => job.Fail(exception));
            return;
        }

        Interlocked.Add(ref computed, jobs.Count);
        jobs.ForEach(job => job.Complete());
    }
}
