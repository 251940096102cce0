using System.Diagnostics;
using Medatarun.Benchmarks.Programs;

namespace Medatarun.Benchmarks.Load;

/// <summary>
/// Keeps a number of connections busy from one thread, each with one request at a time: in turn it takes an answer and
/// sends the next request. Two system calls a request, and no scheduler in between.
/// </summary>
internal sealed class KeepAliveLoad : IDisposable
{
    private readonly KeepAliveConnection[] connections;
    private readonly RunningProgram server;
    private readonly byte[] request;

    public KeepAliveLoad(RunningProgram server, byte[] request, int width)
    {
        this.server = server;
        this.request = request;
        connections = [.. Enumerable.Range(0, width).Select(_ => new KeepAliveConnection(server.Address))];
    }

    /// <summary>Runs for a while.</summary>
    /// <exception cref="InvalidOperationException">An answer was not 200.</exception>
    public LoadResult Run(TimeSpan duration)
    {
        var sent = new long[connections.Length];
        var latencies = new List<double>(200_000);
        var processorTime = server.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < connections.Length; i++)
        {
            sent[i] = Stopwatch.GetTimestamp();
            connections[i].Send(request);
        }

        var until = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var now = began;
        while (now < until)
        {
            for (var i = 0; i < connections.Length; i++)
            {
                Take(connections[i]);
                now = Stopwatch.GetTimestamp();
                latencies.Add(Stopwatch.GetElapsedTime(sent[i], now).TotalMilliseconds);
                sent[i] = now;
                connections[i].Send(request);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(began, now);
        Array.ForEach(connections, Take);
        processorTime = server.ProcessorTime - processorTime;
        return new LoadResult(
            latencies.Count / elapsed.TotalSeconds, processorTime.TotalMicroseconds / latencies.Count,
            Statistics.Percentile(latencies, 0.5), Statistics.Percentile(latencies, 0.99));
    }

    public void Dispose() => Array.ForEach(connections, connection => connection.Dispose());

    private static void Take(KeepAliveConnection connection)
    {
        if (connection.Receive().Status is not 200 and var status)
        {
            throw new InvalidOperationException($"The server answered {status}.");
        }
    }
}
