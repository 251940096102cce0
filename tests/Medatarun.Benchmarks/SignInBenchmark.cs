using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using Medatarun.Benchmarks.Programs;
using Medatarun.Client;
using Medatarun.Contracts;

namespace Medatarun.Benchmarks;

/// <summary>Real sign-ins over HTTP, audited in a real file, beside the same hash on every processor and nothing else.</summary>
internal sealed class SignInBenchmark() : Benchmark(
    "signins", "how many sign-ins a second, as a share of what the machine can hash?", 4)
{
    private const int Iterations = 220_000;
    private const int MinCompletions = 16;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var server = await ServerWithAdmin.StartAsync(programs);
        var anonymous = server.Admin.WithoutToken();
        foreach (var width in new[] { 8, 16 })
        {
            var pairs = new List<(double Measured, double Limit)>();
            await SignInsAsync(anonymous, width, TimeSpan.Zero);
            for (var round = 0; round < rounds; round++)
            {
                var hashesBefore = await HashesAsync(Round / 2);
                var signIns = await SignInsAsync(anonymous, width, Round);
                // The limit is measured on both sides, because the machine's speed drifts.
                pairs.Add((signIns, (hashesBefore + await HashesAsync(Round / 2)) / 2));
            }

            report.Line(
                $"{width} at once: {Statistics.Median(pairs.Select(pair => pair.Measured)):0.00} sign-ins a second; PBKDF2-HMAC-SHA512 × {Iterations} on {Environment.ProcessorCount} processors: {Statistics.Median(pairs.Select(pair => pair.Limit)):0.00} a second");
            report.AtLeast($"share, {width} at once, median of the rounds", Statistics.Median(pairs.Select(pair => pair.Measured / pair.Limit)), 0.95);
        }
    }

    private static async Task<double> SignInsAsync(MedatarunConnection anonymous, int width, TimeSpan duration)
    {
        var password = new Secret(ServerWithAdmin.AdminPassword);
        return await RateAsync(width, duration, () => anonymous.SignInAsync(ServerWithAdmin.AdminName, password));
    }

    private static Task<double> HashesAsync(TimeSpan duration)
    {
        var salt = new byte[16];
        return RateAsync(Environment.ProcessorCount, duration, () =>
        {
            Rfc2898DeriveBytes.Pbkdf2(ServerWithAdmin.AdminPassword, salt, Iterations, HashAlgorithmName.SHA512, 64);
            return Task.CompletedTask;
        });
    }

    private static async Task<double> RateAsync(int width, TimeSpan duration, Func<Task> work)
    {
        var completions = new ConcurrentQueue<double>();
        var began = Stopwatch.GetTimestamp();
        var over = false;
        await Task.WhenAll(Enumerable.Range(0, width).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                while (!Volatile.Read(ref over))
                {
                    await work();
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
