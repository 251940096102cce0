using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Medatarun.Server.Storage;

/// <summary>What is kept. One writer, pooled readers; see docs/decisions/0003-storage.md.</summary>
internal sealed class Store : IDisposable
{
    // More readers than this wait is not worth the file handles; further ones are opened and closed.
    private const int MaxIdleReaders = 16;

    private readonly string file;
    private readonly StoreWriter writer;
    private readonly ConcurrentBag<StoreConnection> readers = [];

    private Store(string file, StoreWriter writer)
    {
        this.file = file;
        this.writer = writer;
    }

    /// <summary>Opens the file, makes it if there is none, and brings its schema forward.</summary>
    /// <param name="file">The database file.</param>
    /// <param name="now">Stamped on what a migration makes.</param>
    /// <param name="committed">Told which actors a commit touched, before anyone is answered.</param>
    /// <exception cref="MedatarunStartException">The file cannot be opened, is damaged, or is newer than this program.</exception>
    public static Store Open(string file, DateTimeOffset now, Action<TouchedActors> committed)
    {
        try
        {
            PrivateFile.Ensure(file);
            var connection = StoreConnection.Open(file, readOnly: false);
            try
            {
                Schema.BringForward(connection, now);
            }
            catch
            {
                connection.Dispose();
                throw;
            }

            return new Store(file, new StoreWriter(connection, committed));
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new MedatarunStartException($"The database {file} cannot be opened: {exception.Message}", exception);
        }
    }

    /// <summary>Runs a piece of work in a write transaction; completes after the commit.</summary>
    /// <exception cref="StoreUnavailableException">The disk took no write; nothing was changed.</exception>
    public Task<T> WriteAsync<T>(Func<StoreTransaction, T> work) => writer.RunAsync(work);

    /// <summary>Runs a piece of work over a snapshot.</summary>
    /// <exception cref="StoreUnavailableException">The disk could not be read.</exception>
    public T Read<T>(Func<StoreTransaction, T> work)
    {
        var connection = readers.TryTake(out var idle) ? idle : OpenReader();
        var healthy = false;
        try
        {
            connection.Run("BEGIN");
            var result = work(new StoreTransaction(connection));
            connection.Run("COMMIT");
            healthy = true;
            return result;
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException($"The store could not be read: {exception.Message}", exception);
        }
        finally
        {
            // A connection that met a fault is not worth finding out about.
            if (healthy && readers.Count < MaxIdleReaders)
            {
                readers.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private StoreConnection OpenReader()
    {
        try
        {
            return StoreConnection.Open(file, readOnly: true);
        }
        catch (SqliteException exception)
        {
            throw new StoreUnavailableException($"The store cannot be opened for reading: {exception.Message}", exception);
        }
    }

    public void Dispose()
    {
        while (readers.TryTake(out var connection))
        {
            connection.Dispose();
        }

        // The last one to close moves the write-ahead log into the database file, and a read-only connection cannot.
        writer.Dispose();
    }
}
