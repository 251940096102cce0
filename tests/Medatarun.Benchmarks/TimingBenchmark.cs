using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>
/// Failed sign-ins of every kind at the published program; and at a server whose hashes take half a millisecond, many more of
/// them, where a difference in anything but the hash would stand out.
/// </summary>
internal sealed class TimingBenchmark() : Benchmark(
    "timing", "can the reason of a failed sign-in be told from its time or its bytes?", 100)
{
    private const int FewIterations = 1_000;
    private const int RoundsOfFewIterations = 15;

    // 2 ms, and 2 % of a sign-in that takes 100 ms.
    private const double Bound = 2;
    private const double BoundOfStructure = 0.2;

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using (var server = await ServerWithAdmin.StartAsync(programs, "--medatarun.server.trusted.proxies=127.0.0.1"))
        {
            var attempts = new FailedSignIns(server.Admin, server.DatabaseFile);
            await attempts.PrepareAsync(rounds);
            Judge(report, "the program", attempts.Run(server.Program.Address, rounds), attempts.Answers, Bound);
        }

        rounds *= RoundsOfFewIterations;
        var (inProcess, admin) = await InProcessServer.StartAsync(FewIterations);
        await using (inProcess)
        {
            var attempts = new FailedSignIns(admin, inProcess.DatabaseFile);
            await attempts.PrepareAsync(rounds);
            Judge(report, $"hashes of {FewIterations} iterations", attempts.Run(inProcess.Address, rounds), attempts.Answers, BoundOfStructure);
        }
    }

    private static void Judge(
        Report report, string server, IReadOnlyList<IReadOnlyList<double>> samples, HashSet<string> answers, double boundMilliseconds)
    {
        var kinds = FailedSignIns.Kinds;
        var medians = samples.Select(Statistics.Median).ToArray();
        // Each against the wrong password of its own round, so that what the machine does over minutes makes no difference.
        var differences = samples.Select(kind => Statistics.Median(kind.Zip(samples[0], (one, wrong) => one - wrong))).ToArray();
        report.Line($"{server}, {samples[0].Count} of each kind:");
        for (var kind = 0; kind < kinds.Count; kind++)
        {
            report.Line(
                $"  {kinds[kind].Name,-26} median {medians[kind]:0.000} ms, half of them within {Spread(samples[kind]):0.000} ms; apart in a round by {differences[kind]:+0.000;-0.000;0.000} ms");
        }

        report.Line($"  noise: the same kind twice is apart by {Math.Abs(differences[^1]):0.000} ms in a round, and {Math.Abs(medians[^1] - medians[0]):0.000} ms in the medians");
        var spread = medians[..^1].Max() - medians[..^1].Min();
        var apart = differences[..^1].Max() - differences[..^1].Min();
        report.AtMost($"different answers but for the request id, {server}", answers.Count, 1);
        report.Line($"  medians are apart by {spread:0.000} ms and {100 * spread / medians.Min():0.00} %");
        report.AtMost($"median differences in a round are apart by, {server}", apart, boundMilliseconds, " ms");
    }

    private static double Spread(IReadOnlyList<double> samples) =>
        Statistics.Percentile([.. samples], 0.75) - Statistics.Percentile([.. samples], 0.25);
}
