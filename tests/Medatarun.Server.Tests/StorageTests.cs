using Medatarun.Server.Storage;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class StorageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;

    private string DatabaseFile => Path.Combine(folder, "medatarun.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Store Open(Action<TouchedActors>? committed = null) =>
        Store.Open(DatabaseFile, DateTimeOffset.UnixEpoch, committed ?? (_ => { }));

    private static int Insert(StoreTransaction transaction, string key) =>
        transaction.Execute("INSERT INTO settings (key, value) VALUES (@key, 'x')", ("@key", key));

    private static long Count(Store store) => store.Read(transaction => transaction.Number("SELECT COUNT(*) FROM settings"));

    [Fact]
    public async Task A_fault_of_one_piece_of_work_undoes_that_piece_and_no_other()
    {
        using var store = Open();
        // The first holds the writer, so that the others share one transaction.
        using var gate = new ManualResetEventSlim();
        var first = store.WriteAsync(_ => { gate.Wait(); return 0; });
        var works = Enumerable.Range(0, 50).Select(number => store.WriteAsync(transaction =>
        {
            Insert(transaction, $"key{number}");
            return number % 2 == 0 ? number : throw new InvalidOperationException("odd");
        })).ToArray();
        gate.Set();
        await first;

        for (var number = 0; number < works.Length; number++)
        {
            if (number % 2 == 0)
            {
                Assert.Equal(number, await works[number]);
            }
            else
            {
                await Assert.ThrowsAsync<InvalidOperationException>(() => works[number]);
            }
        }

        Assert.Equal(25, Count(store));
    }

    [Fact]
    public async Task Whoever_was_told_of_a_commit_was_dropped_from_the_cache_before()
    {
        var actor = Guid.NewGuid();
        var dropped = new List<Guid>();
        using var store = Open(touched => dropped.AddRange(touched.Actors));

        await store.WriteAsync(transaction =>
        {
            transaction.Touch(actor);
            return 0;
        });

        Assert.Equal([actor], dropped);
    }

    [Fact]
    public async Task Readers_and_writers_at_once_never_meet_a_locked_database()
    {
        using var store = Open();
        var writers = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 200; number++)
            {
                await store.WriteAsync(transaction => Insert(transaction, $"{writer}-{number}"));
            }
        }));
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            for (var number = 0; number < 500; number++)
            {
                var count = Count(store);
                Assert.True(count >= last);
                last = count;
            }
        }));

        await Task.WhenAll([.. writers, .. readers]);

        Assert.Equal(1600, Count(store));
    }

    [Fact]
    public void A_database_newer_than_the_program_is_refused_by_its_version()
    {
        Open().Dispose();
        Database.Change(DatabaseFile, "PRAGMA user_version = 4711");

        var failure = Assert.Throws<MedatarunStartException>(() => Open());

        Assert.Contains("4711", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_by_its_name()
    {
        File.WriteAllText(DatabaseFile, "this is not a database, but it is long enough to be looked at as one, is it not?");

        Assert.Contains(DatabaseFile, Assert.Throws<MedatarunStartException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes; its folders are private by inheritance.");
            return;
        }

        using var store = Open();
        await store.WriteAsync(transaction => Insert(transaction, "key"));

        foreach (var file in Directory.GetFiles(folder))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_full_disk_refuses_writes_keeps_reads_and_needs_no_restart_afterwards()
    {
        using var store = Open();
        await store.WriteAsync(transaction => Insert(transaction, "before"));
        // The engine's own limit of pages fails as a full disk does: SQLITE_FULL.
        await store.WriteAsync(transaction => transaction.Number("PRAGMA max_page_count = 1"));

        var failures = 0;
        for (var number = 0; number < 200; number++)
        {
            try
            {
                await store.WriteAsync(transaction => transaction.Execute(
                    "INSERT INTO settings (key, value) VALUES (@key, @value)", ("@key", $"k{number}"), ("@value", new string('x', 2000))));
            }
            catch (StoreUnavailableException)
            {
                failures++;
            }
        }

        Assert.NotEqual(0, failures);
        Assert.Equal(1 + 200 - failures, Count(store));
        await store.WriteAsync(transaction => transaction.Number("PRAGMA max_page_count = 1000000"));
        await store.WriteAsync(transaction => Insert(transaction, "after"));
    }
}
