using Medatarun.Benchmarks.Load;
using Medatarun.Benchmarks.Programs;
using Medatarun.Contracts.Auth;

namespace Medatarun.Benchmarks;

/// <summary>One server, the same request, from the same generator: with a token of its own, and with one of an issuer that it trusts.</summary>
internal sealed class ExternalBenchmark() : Benchmark(
    "external", "how many requests a second does whoami answer with another issuer's token, as a share of those with our own?", 7)
{
    private const int Width = 32;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var issuer = new LocalIssuer();
        using var server = await ServerWithAdmin.StartAsync(programs);
        await server.Admin.InvokeAsync(IssuerOperations.IssuerCreate, new IssuerCreateRequest
        {
            Name = "benchmark", Issuer = issuer.Address, Jwks = issuer.Jwks, Audiences = [LocalIssuer.Audience],
        });
        using var external = new KeepAliveLoad(server.Program, HttpText.Post("/api/auth/whoami", token: issuer.Token()), Width);
        using var own = new KeepAliveLoad(server.Program, HttpText.Post("/api/auth/whoami", token: server.Token.Reveal()), Width);

        external.Run(WarmUp);
        own.Run(WarmUp);
        var results = new List<(LoadResult External, LoadResult Own)>();
        for (var round = 0; round < rounds; round++)
        {
            // Taking turns at going first, so that neither has the quieter half of each pair.
            var first = round % 2 == 0 ? external.Run(Round) : own.Run(Round);
            var second = round % 2 == 0 ? own.Run(Round) : external.Run(Round);
            results.Add(round % 2 == 0 ? (first, second) : (second, first));
        }

        Print(report, "another issuer's token", results.Select(pair => pair.External));
        Print(report, "our own token", results.Select(pair => pair.Own));
        report.Line($"the issuer's keys were fetched {issuer.Fetches} times");
        report.AtLeast("ratio, median of the rounds", Statistics.Median(results.Select(pair => pair.External.PerSecond / pair.Own.PerSecond)), 0.9);
    }

    private static void Print(Report report, string name, IEnumerable<LoadResult> results)
    {
        var all = results.ToList();
        double Of(Func<LoadResult, double> figure) => Statistics.Median(all.Select(figure));
        report.Line(
            $"{name}: {Of(one => one.PerSecond):0} a second, p50 {Of(one => one.MedianMilliseconds):0.00} ms, p99 {Of(one => one.Percentile99Milliseconds):0.00} ms, {Of(one => one.ServerMicroseconds):0.0} µs of processor each ({Width} connections)");
    }
}
