using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Medatarun.Benchmarks.Programs;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Benchmarks;

/// <summary>
/// Real sign-ins over HTTP, durable, audited and with a session, by as many people as are at it at once; beside them the framework's
/// hash on every processor and nothing else. Once as the server is, and once with the lanes switched off.
/// </summary>
internal sealed class SignInBenchmark() : Benchmark(
    "signins", "how many sign-ins a second, as a multiple of what the framework can hash?", 4)
{
    private const int Iterations = 220_000;
    private const int MinCompletions = 16;
    private const int People = 64;
    private const int ManySignIns = 10_000;
    private const int Parts = 5;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        var lanes = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;
        using (var framework = await StartAsync(programs, "--medatarun.auth.password.hashing=framework"))
        {
            await ShareAsync(framework, 16, 0.95, rounds, "lanes off", report);
        }

        using var server = await StartAsync(programs);
        await ShareAsync(server, 16, lanes ? 6 : 0.95, rounds, "as it is", report);
        await ShareAsync(server, People, lanes ? 6 : 0.95, rounds, "as it is", report);
        await LatencyAsync(server, rounds, report);
        await MemoryAsync(server, report);
    }

    private static async Task<ServerWithAdmin> StartAsync(PublishedPrograms programs, params string[] settings)
    {
        var server = await ServerWithAdmin.StartAsync(programs, settings);
        await Task.WhenAll(Enumerable.Range(0, People).Select(number => CreateAsync(server, number)));
        return server;
    }

    private static Task<UserInfo> CreateAsync(ServerWithAdmin server, int number) => server.Admin.InvokeAsync(AuthOperations.UserCreate, new UserCreateRequest
    {
        Username = NameOf(number), Fullname = "Some One", Password = new Secret(ServerWithAdmin.AdminPassword),
    });

    private static async Task ShareAsync(ServerWithAdmin server, int width, double bound, int rounds, string how, Report report)
    {
        var pairs = new List<(double Measured, double Limit)>();
        await SignInsAsync(server, width, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            var hashesBefore = await HashesAsync(Round / 2);
            var signIns = await SignInsAsync(server, width, Round);
            // The limit is measured on both sides, because the machine's speed drifts.
            pairs.Add((signIns, (hashesBefore + await HashesAsync(Round / 2)) / 2));
        }

        report.Line(
            $"{width} at once, {how}: {Statistics.Median(pairs.Select(pair => pair.Measured)):0.00} sign-ins a second; the framework's PBKDF2-HMAC-SHA512 × {Iterations} on {Environment.ProcessorCount} processors: {Statistics.Median(pairs.Select(pair => pair.Limit)):0.00} a second");
        report.AtLeast($"{width} at once, {how}: median of the rounds", Statistics.Median(pairs.Select(pair => pair.Measured / pair.Limit)), bound, " ×");
    }

    private static async Task LatencyAsync(ServerWithAdmin server, int rounds, Report report)
    {
        var (alone, hash, eight) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < 5; turn++)
            {
                hash.Add(Milliseconds(Hash));
                var began = Stopwatch.GetTimestamp();
                await SignInAsync(server, 0);
                alone.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            var times = new ConcurrentBag<double>();
            await RateAsync(8, Round, async number =>
            {
                var began = Stopwatch.GetTimestamp();
                await SignInAsync(server, number);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            });
            eight.AddRange(times);
        }

        report.Line(
            $"a lone sign-in: median {Statistics.Median(alone):0.0} ms, the framework's hash {Statistics.Median(hash):0.0} ms; 8 at once: median {Statistics.Median(eight):0.0} ms, p99 {Statistics.Percentile(eight, 0.99):0.0} ms of {eight.Count}");
        report.AtMost("a lone sign-in, against the framework's hash, median of the pairs", Statistics.Median(alone.Zip(hash, (one, other) => one / other)), 1.15, " ×");
        report.AtMost("p99 with 8 at once, against a lone one", Statistics.Percentile(eight, 0.99) / Statistics.Median(alone), 2, " ×");
    }

    private static async Task MemoryAsync(ServerWithAdmin server, Report report)
    {
        var memory = new List<double> { server.Program.ResidentBytesNow / MiB };
        for (var part = 0; part < Parts; part++)
        {
            var left = ManySignIns / Parts;
            await Task.WhenAll(Enumerable.Range(0, People).Select(async number =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    await SignInAsync(server, number);
                }
            }));
            memory.Add(server.Program.ResidentBytesNow / MiB);
        }

        report.Line($"resident memory before {ManySignIns} sign-ins more, and after each {ManySignIns / Parts}: {string.Join(", ", memory.Select(one => $"{one:0.0}"))} MiB");
        report.AtMost($"memory grows over {ManySignIns} sign-ins by", memory[^1] - memory[0], 16, " MiB");
    }

    private static Task<double> SignInsAsync(ServerWithAdmin server, int width, TimeSpan duration) =>
        RateAsync(width, duration, number => SignInAsync(server, number));

    private static Task<MedatarunConnection> SignInAsync(ServerWithAdmin server, int number) => server.Admin.WithoutToken().SignInAsync(
        NameOf(number), new Secret(ServerWithAdmin.AdminPassword), offlineAccess: false);

    private static string NameOf(int number) => $"person{number}";

    private static Task<double> HashesAsync(TimeSpan duration) => RateAsync(Environment.ProcessorCount, duration, _ =>
    {
        Hash();
        return Task.CompletedTask;
    });

    private static void Hash() =>
        Rfc2898DeriveBytes.Pbkdf2(ServerWithAdmin.AdminPassword, new byte[16], Iterations, HashAlgorithmName.SHA512, 64);

    private static double Milliseconds(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task<double> RateAsync(int width, TimeSpan duration, Func<int, Task> work)
    {
        var completions = new ConcurrentQueue<double>();
        var began = Stopwatch.GetTimestamp();
        var over = false;
        await Task.WhenAll(Enumerable.Range(0, width).Select(number => Task.Factory.StartNew(
            async () =>
            {
                while (!Volatile.Read(ref over))
                {
                    await work(number);
                    // What ends when the first has stopped had the processors to itself.
                    if (!Volatile.Read(ref over))
                    {
                        completions.Enqueue(Stopwatch.GetElapsedTime(began).TotalSeconds);
                        Volatile.Write(ref over, completions.Count >= MinCompletions && Stopwatch.GetElapsedTime(began) >= duration);
                    }
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        return Statistics.Rate(completions);
    }
}
