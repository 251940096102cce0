using Medatarun.Benchmarks.Load;
using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>Both servers get the same request and answer the same body, from the same generator, one after the other.</summary>
internal sealed class WhoAmIBenchmark() : Benchmark(
    "whoami", "how many requests a second does whoami answer, as a share of a bare Kestrel that answers the same bytes?", 7)
{
    private const int Width = 32;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var server = await ServerWithAdmin.StartAsync(programs);
        var request = HttpText.Post("/api/auth/whoami", token: server.Token.Reveal());
        var body = await server.Admin.InvokeRawAsync("auth", "whoami", []);
        using var folder = new TemporaryFolder();
        using var bare = RunningProgram.Bare(programs, folder.Path, body);
        using var measured = new KeepAliveLoad(server.Program, request, Width);
        using var limit = new KeepAliveLoad(bare, request, Width);

        measured.Run(WarmUp);
        limit.Run(WarmUp);
        var results = new List<(LoadResult Measured, LoadResult Limit)>();
        for (var round = 0; round < rounds; round++)
        {
            // Taking turns at going first, so that neither has the quieter half of each pair.
            var first = round % 2 == 0 ? measured.Run(Round) : limit.Run(Round);
            var second = round % 2 == 0 ? limit.Run(Round) : measured.Run(Round);
            results.Add(round % 2 == 0 ? (first, second) : (second, first));
        }

        Print(report, "whoami", results.Select(pair => pair.Measured), $"{Width} connections, {body.Length} bytes of body");
        Print(report, "bare Kestrel", results.Select(pair => pair.Limit), "the same request and the same body");
        report.AtLeast("share, median of the rounds", Statistics.Median(results.Select(pair => pair.Measured.PerSecond / pair.Limit.PerSecond)), 0.8);
    }

    private static void Print(Report report, string name, IEnumerable<LoadResult> results, string how)
    {
        var all = results.ToList();
        double Of(Func<LoadResult, double> figure) => Statistics.Median(all.Select(figure));
        report.Line(
            $"{name}: {Of(one => one.PerSecond):0} a second, p50 {Of(one => one.MedianMilliseconds):0.00} ms, p99 {Of(one => one.Percentile99Milliseconds):0.00} ms, {Of(one => one.ServerMicroseconds):0.0} µs of processor each ({how})");
    }
}
