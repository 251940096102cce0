using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Hashing on threads of its own, as many as processors and with less priority than those that answer, so that requests that need
/// no hash do not wait behind it. What is over the queue's length is refused at once, and who leaves frees their place.
/// </summary>
internal sealed class HashQueue : IDisposable
{
    /// <summary>How many may wait. At this length the last one waits about half a minute on two processors.</summary>
    public const int DefaultLength = 512;

    private readonly int length;
    private readonly TimeProvider time;
    private readonly LinkedList<HashJob> waiting = new();
    private readonly Thread[] threads;
    private int waitingToCompute;
    private long computed;
    private bool stopping;

    public HashQueue(int width, int length, TimeProvider time)
    {
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
        while (Take() is { } job)
        {
            Compute(job);
        }
    }

    /// <summary>The next job; null when the queue is empty and no more will come.</summary>
    private HashJob? Take()
    {
        lock (waiting)
        {
            while (waiting.Count == 0)
            {
                if (stopping)
                {
                    return null;
                }

                Monitor.Wait(waiting);
            }

            var job = waiting.First!.Value;
            Remove(waiting.First);
            job.Waited = time.GetElapsedTime(job.QueuedAt);
            return job;
        }
    }

    private void Remove(LinkedListNode<HashJob> node)
    {
        waiting.Remove(node);
        waitingToCompute -= node.Value.Computes ? 1 : 0;
    }

    private void Compute(HashJob job)
    {
        if (!job.Computes)
        {
            job.Complete();
            return;
        }

        try
        {
            Rfc2898DeriveBytes.Pbkdf2(job.Password, job.Salt, job.Output, job.Iterations, HashAlgorithmName.SHA512);
        }
#pragma warning disable CA1031 // The fault belongs to the caller that waits for it, not to the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            job.Fail(exception);
            return;
        }

        Interlocked.Increment(ref computed);
        job.Complete();
    }
}
