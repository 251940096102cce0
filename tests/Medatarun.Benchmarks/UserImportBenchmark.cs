using System.Diagnostics;
using System.Security.Cryptography;
using Medatarun.Benchmarks.Programs;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;
using Microsoft.Data.Sqlite;

namespace Medatarun.Benchmarks;

/// <summary>
/// Imports through the client over HTTP, durable and audited. With passwords beside what the processors can hash, and with the hashes of
/// another system beside bare inserts of the same rows into the same tables on the same disk.
/// </summary>
internal sealed class UserImportBenchmark() : Benchmark("users", "how many users a second are imported, against what the machine allows?", 3)
{
    private const int WithPasswords = 2_000;
    private const int WithHashes = 100_000;
    private const int Batch = 256;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(3);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var server = await ServerWithAdmin.StartAsync(programs);
        await ImportAsync(server.Admin, Rows("warm", 500, Hashed));
        await PasswordsAsync(server, rounds, report);
        await HashesAsync(server, rounds, report);
    }

    private static async Task PasswordsAsync(ServerWithAdmin server, int rounds, Report report)
    {
        var pairs = new List<(double Measured, double Limit)>();
        for (var round = 0; round < rounds; round++)
        {
            var before = Hashes();
            var began = Stopwatch.GetTimestamp();
            await ImportAsync(server.Admin, Rows($"word{round}x", WithPasswords, row => row with { Password = new Secret(ServerWithAdmin.AdminPassword) }));
            var rate = WithPasswords / Stopwatch.GetElapsedTime(began).TotalSeconds;
            // The limit is measured on both sides, because the machine's speed drifts.
            pairs.Add((rate, (before + Hashes()) / 2));
        }

        report.Line(
            $"{WithPasswords} users with passwords: {Statistics.Median(pairs.Select(pair => pair.Measured)):0.0} a second; the hash alone on {Environment.ProcessorCount} processors: {Statistics.Median(pairs.Select(pair => pair.Limit)):0.0} a second");
        report.AtLeast("with passwords, against the hash alone, median of the rounds", Statistics.Median(pairs.Select(pair => pair.Measured / pair.Limit)), 0.9, " ×");
    }

    private static async Task HashesAsync(ServerWithAdmin server, int rounds, Report report)
    {
        var pairs = new List<(double Measured, double Bare)>();
        var memory = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var bare = await BareInsertsAsync(server.DatabaseFile, Rows($"bare{round}x", WithHashes, Hashed));
            var began = Stopwatch.GetTimestamp();
            await ImportAsync(server.Admin, Rows($"hash{round}x", WithHashes, Hashed));
            pairs.Add((WithHashes / Stopwatch.GetElapsedTime(began).TotalSeconds, bare));
            memory.Add(server.Program.ResidentBytesNow / MiB);
        }

        report.Line(
            $"{WithHashes} users with hashes of another system: {Statistics.Median(pairs.Select(pair => pair.Measured)):0} a second; bare inserts of the same rows: {Statistics.Median(pairs.Select(pair => pair.Bare)):0} a second; ratio {Statistics.Median(pairs.Select(pair => pair.Measured / pair.Bare)):0.00}");
        report.Line($"resident memory of the server after each round: {string.Join(", ", memory.Select(size => $"{size:0}"))} MiB");
        report.AtLeast("with hashes, the fastest round", pairs.Max(pair => pair.Measured), 10_000, " rows a second");
    }

    private static async Task ImportAsync(MedatarunConnection admin, IEnumerable<UserImportRow> rows)
    {
        await foreach (var result in admin.ImportUsersAsync(rows))
        {
            if (result.Status != UserImportResult.Created)
            {
                throw new InvalidOperationException($"row {result.Row}: {result.Status} {result.Detail}");
            }
        }
    }

    private static IEnumerable<UserImportRow> Rows(string prefix, int count, Func<UserImportRow, UserImportRow> finish)
    {
        for (var number = 0; number < count; number++)
        {
            yield return finish(new UserImportRow
            {
                Username = $"{prefix}{number}", Fullname = "Some One", Email = $"{prefix}{number}@example.org",
            });
        }
    }

    private static UserImportRow Hashed(UserImportRow row) => row with
    {
        PasswordHash = new Secret($"pbkdf2_sha256$600000$seasalt2Aq9${Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(row.Username!)))}"),
    };

    /// <summary>Rows a second of nothing but the inserts, in a copy of the server's file beside it.</summary>
    private static async Task<double> BareInsertsAsync(string databaseFile, IEnumerable<UserImportRow> rows)
    {
        var copy = $"{databaseFile}.bare";
        await using (var original = Open(databaseFile))
        {
            Run(original, $"VACUUM INTO '{copy}'");
        }

        try
        {
            await using var connection = Open(copy);
            Run(connection, "PRAGMA journal_mode = WAL");
            Run(connection, "PRAGMA synchronous = FULL");
            using var inserts = new BareInserts(connection);
            var began = Stopwatch.GetTimestamp();
            foreach (var batch in rows.Chunk(Batch))
            {
                Run(connection, "BEGIN IMMEDIATE");
                Array.ForEach(batch, inserts.Add);
                Run(connection, "COMMIT");
            }

            return WithHashes / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            File.Delete(copy);
            File.Delete($"{copy}-wal");
            File.Delete($"{copy}-shm");
        }
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=True");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class, and a path that it made.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Hashes a second on all processors, computed as the server computes them.</summary>
    private static double Hashes()
    {
        var done = 0;
        var began = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            // As those of the server: else what else the machine does would count against the server alone.
            ThreadPriorities.LowerOwn();
            while (Stopwatch.GetElapsedTime(began) < Sample)
            {
                Interlocked.Add(ref done, LaneKernel.IsSupported ? HashInLanes() : HashAlone());
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return done / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static int HashAlone()
    {
        Rfc2898DeriveBytes.Pbkdf2("Right.password.1"u8, new byte[16], PasswordHash.DefaultIterations, HashAlgorithmName.SHA512, PasswordHash.HashBytes);
        return 1;
    }

    private static int HashInLanes()
    {
        var lanes = new LaneSet();
        for (var lane = 0; lane < LaneKernel.Lanes; lane++)
        {
            lanes.Load(lane, new LaneInput("Right.password.1"u8.ToArray(), new byte[16], PasswordHash.DefaultIterations));
        }

        while (!lanes.IsDone(0))
        {
            lanes.Advance(1_024);
        }

        lanes.Clear();
        return LaneKernel.Lanes;
    }
}
