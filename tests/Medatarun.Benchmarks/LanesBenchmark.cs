using System.Diagnostics;
using System.Security.Cryptography;
using Medatarun.Benchmarks.Programs;
using Medatarun.Server;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Benchmarks;

/// <summary>The same derivations by the framework and in lanes, in this process and in turns. Build it in Release.</summary>
internal sealed class LanesBenchmark() : Benchmark(
    "lanes", "how many password hashes a second in lanes, against the framework?", 7)
{
    private const int DerivationsEach = 4;
    private const int PassesEach = 3;

    // As a hash thread goes on.
    private const int Slice = 1_024;

    public override Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        if (!LaneKernel.IsSupported)
        {
            report.Skip("this processor, or this runtime, has no 512-bit vectors at full speed: the framework hashes here");
            return Task.CompletedTask;
        }

        SelfTest(report);
        OnAllProcessors(rounds, report);
        AlonePerPass(rounds, report);
        return Task.CompletedTask;
    }

    private static void SelfTest(Report report)
    {
        var passes = 0;
        var times = Enumerable.Range(0, 2).Select(_ => Milliseconds(() => passes += LaneSelfTest.Passes(new RandomSource(), new LaneSet()) ? 1 : 0)).ToList();
        report.AtLeast("self-tests passed, of 2", passes, 2);
        report.Line($"self-test: {times[0]:0.0} ms with the compiler at work, once a process");
        report.AtMost("self-test after that", times[1], 20, " ms");
    }

    private static void OnAllProcessors(int rounds, Report report)
    {
        var pairs = new List<(double Framework, double Lanes)>();
        for (var round = 0; round < rounds; round++)
        {
            pairs.Add((Rate(DerivationsEach, 1, Framework), Rate(PassesEach, LaneKernel.Lanes, () => Pass(LaneKernel.Lanes))));
        }

        report.Line(
            $"PBKDF2-HMAC-SHA512 × {PasswordHash.DefaultIterations} on {Environment.ProcessorCount} processors: framework {Statistics.Median(pairs.Select(pair => pair.Framework)):0.0} a second, lanes {Statistics.Median(pairs.Select(pair => pair.Lanes)):0.0} a second (medians)");
        report.AtLeast("lanes against framework, median of the rounds", Statistics.Median(pairs.Select(pair => pair.Lanes / pair.Framework)), 6, " ×");
    }

    private static void AlonePerPass(int rounds, Report report)
    {
        var pairs = new List<(double Framework, double Alone, double Full)>();
        for (var round = 0; round < rounds; round++)
        {
            pairs.Add((Milliseconds(Framework), Milliseconds(() => Pass(1)), Milliseconds(() => Pass(LaneKernel.Lanes))));
        }

        report.Line(
            $"one processor: framework {Statistics.Median(pairs.Select(pair => pair.Framework)):0.0} ms, a pass with one lane used {Statistics.Median(pairs.Select(pair => pair.Alone)):0.0} ms, with all {Statistics.Median(pairs.Select(pair => pair.Full)):0.0} ms (medians)");
        var ratio = Statistics.Median(pairs.Select(pair => pair.Alone / pair.Framework));
        report.Line($"one lane takes as long as {ratio:0.00} derivations of the framework: the server gives a lone job {(HashStrength.BreakEven(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(ratio)) == 1 ? "a lane" : "to the framework")}");
        // Two jobs that come together go into lanes on every processor that has them.
        report.AtMost("a pass against two derivations of the framework", ratio / 2, 1, " ×");
    }

    /// <summary>Derivations a second of all processors together, each at its own pace until its share is done.</summary>
    private static double Rate(int runsEach, int derivationsPerRun, Action run)
    {
        var rates = new double[Environment.ProcessorCount];
        using var start = new Barrier(rates.Length);
        var threads = Enumerable.Range(0, rates.Length).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            var milliseconds = Milliseconds(() =>
            {
                for (var done = 0; done < runsEach; done++)
                {
                    run();
                }
            });
            rates[number] = 1000.0 * runsEach * derivationsPerRun / milliseconds;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return rates.Sum();
    }

    private static void Framework() => Rfc2898DeriveBytes.Pbkdf2(
        "Right.password.1"u8, "0123456789abcdef"u8, PasswordHash.DefaultIterations, HashAlgorithmName.SHA512, LaneKernel.HashBytes);

    private static void Pass(int used)
    {
        var input = new LaneInput("Right.password.1"u8.ToArray(), "0123456789abcdef"u8.ToArray(), PasswordHash.DefaultIterations);
        var lanes = new LaneSet();
        for (var lane = 0; lane < used; lane++)
        {
            lanes.Load(lane, input);
        }

        while (!lanes.IsDone(0))
        {
            lanes.Advance(Slice);
        }

        lanes.Clear();
    }

    private static double Milliseconds(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
