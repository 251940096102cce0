using System.Diagnostics;
using Medatarun.Benchmarks.Load;
using Medatarun.Benchmarks.Programs;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Benchmarks;

/// <summary>
/// A token that the server has not seen since its start is looked up in the store. That is measured alone, and as what it adds to a
/// request: cold tokens and one warm token take turns on one connection.
/// </summary>
internal sealed class TokenBenchmark() : Benchmark(
    "tokens", "how long does it take to look an API token up among 100,000?", 5)
{
    private const int LookUps = 5000;
    private const int Requests = 2000;
    private const int WarmUps = 1000;

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var home = new TemporaryFolder();
        var tokens = await StoredTokens.FillAsync(home.Path);
        // Neighbours in the table are not neighbours in time.
        Random.Shared.Shuffle(tokens);
        report.Line($"{tokens.Length} API tokens of {StoredTokens.Owners} service accounts");
        LookUp(home, tokens, rounds, report);
        using var program = RunningProgram.Medatarun(programs, home.Path, "bootstrap-secret-of-the-benchmarks");
        Request(program, tokens, rounds, report);
    }

    private static void LookUp(TemporaryFolder home, string[] tokens, int rounds, Report report)
    {
        using var holder = new StoreHolder();
        holder.Set(StoredTokens.Open(home.Path, DateTimeOffset.UtcNow));
        var lookup = new ApiTokenLookup(holder);
        var queue = new Queue<string>(tokens);
        Time(WarmUps, queue, lookup);
        var samples = Enumerable.Range(0, rounds).Select(_ => Time(LookUps, queue, lookup)).ToList();
        report.Line(
            $"look-up: p50 {Median(samples, 0.5):0.000} ms, p99 {Median(samples, 0.99):0.000} ms, slowest {samples.Max(round => round.Max()):0.000} ms ({rounds} rounds of {LookUps}, each token once)");
        report.AtMost("look-up p99, median of the rounds", Median(samples, 0.99), 1, " ms");
    }

    private static double[] Time(int count, Queue<string> tokens, ApiTokenLookup lookup)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var token = Next(tokens);
            var began = Stopwatch.GetTimestamp();
            if (lookup.Find(token) is null)
            {
                throw new InvalidOperationException("A stored token was not found.");
            }

            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }

        return times;
    }

    private static void Request(RunningProgram program, string[] tokens, int rounds, Report report)
    {
        using var connection = new KeepAliveConnection(program.Address);
        var queue = new Queue<string>(tokens);
        var warm = WhoAmI(Next(queue));
        for (var i = 0; i < WarmUps; i++)
        {
            Send(connection, warm);
            Send(connection, WhoAmI(Next(queue)));
        }

        var cold = new List<double[]>();
        var known = new List<double[]>();
        for (var round = 0; round < rounds; round++)
        {
            var (colds, knowns) = (new double[Requests], new double[Requests]);
            for (var i = 0; i < Requests; i++)
            {
                colds[i] = Send(connection, WhoAmI(Next(queue)));
                knowns[i] = Send(connection, warm);
            }

            cold.Add(colds);
            known.Add(knowns);
        }

        report.Line($"whoami with a cold token: p50 {Median(cold, 0.5):0.000} ms, p99 {Median(cold, 0.99):0.000} ms");
        report.Line($"whoami with a warm token: p50 {Median(known, 0.5):0.000} ms, p99 {Median(known, 0.99):0.000} ms");
        report.Line($"cold / warm: {Median(cold, 0.5) / Median(known, 0.5):0.00} in the median");
        report.AtMost("what a cold token adds to a request, median", Median(cold, 0.5) - Median(known, 0.5), 1, " ms");
    }

    private static double Send(KeepAliveConnection connection, byte[] request)
    {
        var began = Stopwatch.GetTimestamp();
        connection.Send(request);
        return connection.Receive().Status == 200
            ? Stopwatch.GetElapsedTime(began).TotalMilliseconds
            : throw new InvalidOperationException("A stored token was not accepted.");
    }

    private static byte[] WhoAmI(string token) => HttpText.Post("/api/auth/whoami", token: token);

    private static double Median(IEnumerable<double[]> rounds, double share) =>
        Statistics.Median(rounds.Select(samples => Statistics.Percentile(samples, share)));

    // Each token once; with very many rounds it begins anew after the last.
    private static string Next(Queue<string> tokens)
    {
        var token = tokens.Dequeue();
        tokens.Enqueue(token);
        return token;
    }
}
