using System.Diagnostics;
using System.Net.Sockets;
using Medatarun.Benchmarks.Load;
using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks;

/// <summary>
/// More sign-ins than the hash queue holds, on names that nobody has and from many addresses, so that nothing but the queue puts
/// them off. Meanwhile one client asks who it is, with pauses as people and programs make them, and another one signs in.
/// </summary>
internal sealed class QueueBenchmark() : Benchmark(
    "queue", "with 500 sign-ins queued, does everything else go on?", 8)
{
    private const int SignIns = 560;
    private const double MiB = 1024 * 1024;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public override async Task RunAsync(PublishedPrograms programs, int rounds, Report report)
    {
        using var server = await ServerWithAdmin.StartAsync(programs, "--medatarun.server.trusted.proxies=127.0.0.1");
        var request = HttpText.Post("/api/auth/whoami", token: server.Token.Reveal());
        var idle = WhoAmI(server.Program, request, Round);
        var before = server.Program.ResidentBytesNow;

        using var flood = new SignInFlood(server.Program.Address, SignIns);
        await flood.FullAsync();
        var memory = new List<double>();
        var busy = new List<double>();
        var refused = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            busy.AddRange(WhoAmI(server.Program, request, Round));
            refused.AddRange(Refusals(server.Program, Round / 2));
            memory.Add(server.Program.ResidentBytesNow / MiB);
        }

        report.Line($"whoami, idle: p50 {Statistics.Median(idle):0.00} ms, p99 {Statistics.Percentile(idle, 0.99):0.00} ms, {idle.Count} requests");
        report.Line($"whoami, queue full: p50 {Statistics.Median(busy):0.00} ms, p99 {Statistics.Percentile(busy, 0.99):0.00} ms, most {busy.Max():0.00} ms, {busy.Count} requests");
        report.Line($"a sign-in more: p50 {Statistics.Median(refused):0.00} ms, most {refused.Max():0.00} ms, {refused.Count} refused");
        report.Line($"resident memory: {before / MiB:0.0} MiB before, then round by round {string.Join(", ", memory.Select(one => $"{one:0.0}"))} MiB; {flood.Answered} sign-ins were answered, {flood.PutOff} put off");
        report.AtMost("whoami, p99 with the queue full", Statistics.Percentile(busy, 0.99), 20, " ms");
        report.AtMost("a sign-in is refused within, p99", Statistics.Percentile(refused, 0.99), 50, " ms");
        // What a collector takes for itself it takes in the first half.
        report.AtMost("memory grows in the second half of the rounds by", memory[^1] - memory[..^(rounds / 2)].Max(), 4, " MiB");
    }

    private static List<double> WhoAmI(RunningProgram server, byte[] request, TimeSpan duration)
    {
        using var connection = new KeepAliveConnection(server.Address);
        var times = new List<double>();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < duration; Thread.Sleep(Pause))
        {
            times.Add(Milliseconds(connection, request, out _));
        }

        return times;
    }

    private static List<double> Refusals(RunningProgram server, TimeSpan duration)
    {
        var times = new List<double>();
        var client = 0;
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < duration; Thread.Sleep(Pause))
        {
            // A new connection each time, for a place may be free just then: who got it leaves.
            using var connection = new KeepAliveConnection(server.Address, timeoutMilliseconds: 500);
            try
            {
                var elapsed = Milliseconds(connection, HttpText.Login("one-more", "Wrong.password.1", client++), out var status);
                if (status == 429)
                {
                    times.Add(elapsed);
                }
            }
            catch (SocketException)
            {
                // It waits in the queue.
            }
        }

        return times;
    }

    private static double Milliseconds(KeepAliveConnection connection, byte[] request, out int status)
    {
        var began = Stopwatch.GetTimestamp();
        connection.Send(request);
        status = connection.Receive().Status;
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
