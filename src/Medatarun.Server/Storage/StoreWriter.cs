using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Medatarun.Server.Storage;

/// <summary>
/// The one writer. What waits when a transaction starts shares it and its commit; each piece of work has its own
/// savepoint. Callers are answered after the commit.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    // Bounds how long the first of a batch waits for the last.
    private const int MaxBatch = 128;

    private readonly StoreConnection connection;
    private readonly Action<TouchedActors> committed;
    private readonly BlockingCollection<WorkItem> queue = [];
    private readonly Thread thread;

    /// <param name="connection">The only connection that writes; the writer disposes of it.</param>
    /// <param name="committed">Told which actors a commit touched, before anyone is answered.</param>
    public StoreWriter(StoreConnection connection, Action<TouchedActors> committed)
    {
        this.connection = connection;
        this.committed = committed;
        thread = new Thread(Loop) { IsBackground = true, Name = "medatarun-writer" };
        thread.Start();
    }

    public Task<T> RunAsync<T>(Func<StoreTransaction, T> work)
    {
        var item = new WorkItem<T>(work);
        try
        {
            queue.Add(item);
        }
        catch (InvalidOperationException exception)
        {
            item.Fail(new StoreUnavailableException("The server is stopping.", exception));
        }

        return item.Task;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        connection.Dispose();
        queue.Dispose();
    }

    private void Loop()
    {
        var batch = new List<WorkItem>(MaxBatch);
        foreach (var first in queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            try
            {
                var touched = RunBatch(batch);
                committed(touched);
                batch.ForEach(item => item.Complete());
            }
#pragma warning disable CA1031 // The writer serves everyone: whatever a batch met, its callers are told and the next batch runs.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                TryRollback();
                var failure = exception is SqliteException
                    ? new StoreUnavailableException($"The store took no write: {exception.Message}", exception)
                    : exception;
                batch.ForEach(item => item.Fail(failure));
            }

            batch.Clear();
        }
    }

    private TouchedActors RunBatch(List<WorkItem> batch)
    {
        var touched = new TouchedActors();
        connection.Run("BEGIN IMMEDIATE");
        batch[0].Run(connection, touched);
        while (batch.Count < MaxBatch && queue.TryTake(out var next))
        {
            batch.Add(next);
            next.Run(connection, touched);
        }

        connection.Run("COMMIT");
        return touched;
    }

    private void TryRollback()
    {
        try
        {
            connection.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The engine rolled back by itself: after SQLITE_FULL and the like there is no transaction left.
        }
    }

    private abstract class WorkItem
    {
        public abstract void Run(StoreConnection connection, TouchedActors touched);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class WorkItem<T>(Func<StoreTransaction, T> work) : WorkItem
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? fault;

        public Task<T> Task => completion.Task;

        public override void Run(StoreConnection connection, TouchedActors touched)
        {
            connection.Run("SAVEPOINT work");
            try
            {
                var transaction = new StoreTransaction(connection);
                result = work(transaction);
                touched.UnionWith(transaction.Touched);
            }
#pragma warning disable CA1031 // A fault of one piece of work is its caller's; the others of the batch go on.
            catch (Exception exception) when (!IsStoreFailure(exception))
#pragma warning restore CA1031
            {
                fault = exception;
                connection.Run("ROLLBACK TO work");
            }

            connection.Run("RELEASE work");
        }

        public override void Complete()
        {
            if (fault is null)
            {
                completion.SetResult(result!);
            }
            else
            {
                completion.SetException(fault);
            }
        }

        public override void Fail(Exception exception) => completion.TrySetException(exception);

        // SQLITE_READONLY, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_FULL, SQLITE_CANTOPEN: not this work's fault, but the disk's.
        private static bool IsStoreFailure(Exception exception) =>
            exception is SqliteException { SqliteErrorCode: 8 or 10 or 11 or 13 or 14 };
    }
}
