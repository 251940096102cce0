using System.Diagnostics;
using System.Text.Json.Nodes;
using Medatarun.Benchmarks.Load;
using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>
/// Failed sign-ins of every kind, one at a time and in turns, each round in another order. One kind stands in twice: how far
/// these two are apart is what the machine's noise makes of no difference at all.
/// </summary>
internal sealed class TimingBenchmark() : Benchmark(
    "timing", "can the reason of a failed sign-in be told from its time or its bytes?", 60)
{
    private const string Right = "Right.password.1";
    private const string Wrong = "Wrong.password.1";
    private const int WarmUpRounds = 3;

    private static readonly (string Name, byte[] Request)[] Kinds =
    [
        ("wrong password", Login("enabled", Wrong)),
        ("unknown name", Login("nobody.here", Wrong)),
        ("disabled, right password", Login("disabled", Right)),
        ("disabled, wrong password", Login("disabled", Wrong)),
        ("wrong password again", Login("enabled", Wrong)),
    ];

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var server = await ServerWithAdmin.StartAsync(programs);
        await server.CreateUserAsync("enabled", Right);
        await server.CreateUserAsync("disabled", Right, disabled: true);
        using var connection = new KeepAliveConnection(server.Program.Address);

        var samples = Kinds.Select(_ => new List<double>()).ToArray();
        var answers = new HashSet<string>();
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            var order = Enumerable.Range(0, Kinds.Length).ToArray();
            Random.Shared.Shuffle(order);
            foreach (var kind in order)
            {
                var (elapsed, answer) = Attempt(connection, Kinds[kind].Request);
                answers.Add(answer);
                if (round >= 0)
                {
                    samples[kind].Add(elapsed);
                }
            }
        }

        var medians = samples.Select(Statistics.Median).ToArray();
        for (var kind = 0; kind < Kinds.Length; kind++)
        {
            report.Line($"{Kinds[kind].Name}: median {medians[kind]:0.00} ms of {samples[kind].Count}, {medians[kind] - medians[0]:+0.00;-0.00;0.00} ms");
        }

        report.Line($"noise: the same kind twice is apart by {Math.Abs(medians[^1] - medians[0]):0.00} ms; a verdict means something when that is well under the bound");
        var judged = medians[..^1];
        var spread = judged.Max() - judged.Min();
        report.AtMost("different answers but for the request id", answers.Count, 1);
        report.AtMost("medians are apart by", spread, 2, " ms");
        report.AtMost("medians are apart by", 100 * spread / judged.Min(), 2, " %");
    }

    private static byte[] Login(string name, string password) =>
        HttpText.Post("/api/auth/login", $$"""{"username":"{{name}}","password":"{{password}}"}""");

    private static (double Milliseconds, string Answer) Attempt(KeepAliveConnection connection, byte[] request)
    {
        var began = Stopwatch.GetTimestamp();
        connection.Send(request);
        var answer = connection.Receive();
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var body = JsonNode.Parse(answer.Body.Span)!.AsObject();
        body.Remove("request_id");
        return (elapsed, $"{answer.Status} {body.ToJsonString()}");
    }
}
