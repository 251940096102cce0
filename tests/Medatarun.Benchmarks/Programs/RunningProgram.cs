using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Medatarun.Benchmarks.Load;

namespace Medatarun.Benchmarks.Programs;

/// <summary>A server in a process of its own, with a temporary folder. It ends with its standard input, also if this process is killed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const int StopMilliseconds = 10_000;
    private static readonly byte[] Health = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;

    private RunningProgram(Process process, int port, TimeSpan startTime, long residentBytes)
    {
        this.process = process;
        Address = new IPEndPoint(IPAddress.Loopback, port);
        StartTime = startTime;
        ResidentBytes = residentBytes;
    }

    public IPEndPoint Address { get; }

    public Uri Url => new($"http://{Address}");

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Resident memory right after the first answer.</summary>
    public long ResidentBytes { get; }

    /// <summary>What the process has used of the processors until now.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory now.</summary>
    public long ResidentBytesNow
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts the <c>medatarun</c> program as the module does.</summary>
    public static RunningProgram Medatarun(PublishedPrograms programs, string home, string bootstrapSecret, params string[] arguments) => Start(
        programs.Medatarun, port => ["serve", "--managed", "--home", home, "--port", $"{port}", .. arguments],
        $$"""{"bootstrap_secret":"{{bootstrapSecret}}"}""");

    /// <summary>Starts the bare program, which answers with <paramref name="body"/>.</summary>
    public static RunningProgram Bare(PublishedPrograms programs, string home, byte[] body)
    {
        var file = Path.Combine(home, "body.json");
        File.WriteAllBytes(file, body);
        return Start(programs.Bare, port => [$"{port}", Path.Combine(home, "bare.db"), file], "{}");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(StopMilliseconds))
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static RunningProgram Start(string program, Func<int, IEnumerable<string>> arguments, string firstLine)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments(port)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.StandardInput.WriteLine(firstLine);
        process.StandardInput.Flush();
        WaitForAnswer(process, port, began);
        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        return new RunningProgram(process, port, elapsed, process.WorkingSet64);
    }

    private static void WaitForAnswer(Process process, int port, long began)
    {
        while (true)
        {
            try
            {
                using var connection = new KeepAliveConnection(new IPEndPoint(IPAddress.Loopback, port));
                connection.Send(Health);
                connection.Receive();
                return;
            }
            catch (SocketException)
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                {
                    throw new InvalidOperationException($"{process.StartInfo.FileName} does not answer.");
                }

                Thread.Sleep(1);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
