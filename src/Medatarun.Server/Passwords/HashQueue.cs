using System.Collections.Concurrent;

namespace Medatarun.Server.Passwords;

/// <summary>
/// Hashing on threads of its own, as many as processors, so that requests that need no hash do not wait behind it.
/// What is over the queue's length is refused at once.
/// </summary>
internal sealed class HashQueue : IDisposable
{
    /// <summary>How many may wait. At this length the last one waits about half a minute on two processors.</summary>
    public const int DefaultLength = 512;

    private readonly BlockingCollection<Action> queue;
    private readonly Thread[] threads;

    public HashQueue(int width, int length)
    {
        queue = new BlockingCollection<Action>(length);
        threads = [.. Enumerable.Range(0, width).Select(number => new Thread(Loop)
        {
            IsBackground = true,
            Name = $"medatarun-hash-{number}",
        })];
        Array.ForEach(threads, thread => thread.Start());
    }

    /// <summary>Runs a computation when its turn comes; null when the queue is full.</summary>
    /// <exception cref="OperationCanceledException">The caller left before its turn.</exception>
    public Task<T>? TryRun<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        return queue.TryAdd(() => Run(compute, completion, cancellationToken)) ? completion.Task : null;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        Array.ForEach(threads, thread => thread.Join());
        queue.Dispose();
    }

    private static void Run<T>(Func<T> compute, TaskCompletionSource<T> completion, CancellationToken cancellationToken)
    {
        // Nobody waits for the hash of somebody who has left.
        if (cancellationToken.IsCancellationRequested)
        {
            completion.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            completion.SetResult(compute());
        }
#pragma warning disable CA1031 // The fault belongs to the caller that waits for it, not to the thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            completion.SetException(exception);
        }
    }

    private void Loop()
    {
        foreach (var work in queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
