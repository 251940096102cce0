using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Medatarun.PowerShell.Tests.Support;

/// <summary>
/// A server that answers what a test tells it to, counts what it is asked, and can keep silent. For what a real server cannot be
/// made to do at will: every problem code, a hang, a second page. Compiled by Add-Type in the Pester suites.
/// </summary>
public sealed class StubServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, Queue<string>> answers = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly ConcurrentQueue<string> bodies = new();
    private readonly SemaphoreSlim silent = new(0);

    public StubServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

    /// <summary>The paths that were asked for, in order.</summary>
    public string[] Requests => [.. requests];

    /// <summary>The bodies that were sent, in the same order.</summary>
    public string[] Bodies => [.. bodies];

    /// <summary>How many requests said something else than who the caller is.</summary>
    public int Changes => requests.Count(path => !path.EndsWith("/whoami", StringComparison.Ordinal));

    /// <summary>Queues an answer; the last one of a path is given for ever.</summary>
    public void Answer(string path, int status, string body, string headers = "")
    {
        var type = status < 400 ? "application/json" : "application/problem+json";
        var length = Encoding.UTF8.GetByteCount(body);
        var text = $"HTTP/1.1 {status} Stub\r\nContent-Type: {type}\r\nContent-Length: {length}\r\nX-Request-Id: stub-{status}\r\n"
            + $"{headers}Connection: close\r\n\r\n{body}";
        answers.GetOrAdd(path, _ => new Queue<string>()).Enqueue(text);
    }

    /// <summary>As <see cref="Answer"/>, instead of what was queued for the path.</summary>
    public void AnswerOnly(string path, int status, string body, string headers = "")
    {
        answers.TryRemove(path, out _);
        Answer(path, status, body, headers);
    }

    /// <summary>Gives no answer to a path any more.</summary>
    public void KeepSilent(string path) => answers.TryRemove(path, out _);

    /// <summary>Waits until a request has arrived that gets no answer.</summary>
    public bool WaitForSilence(int milliseconds) => silent.Wait(milliseconds);

    public void Forget()
    {
        requests.Clear();
        bodies.Clear();
    }

    public void Dispose()
    {
        stopping.Cancel();
        listener.Dispose();
        silent.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var (path, body) = await ReadAsync(stream);
                requests.Enqueue(path);
                bodies.Enqueue(body);
                if (NextAnswer(path) is not { } answer)
                {
                    silent.Release();
                    await Task.Delay(Timeout.Infinite, stopping.Token);
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The other side left, or the test is over.
            }
        }
    }

    private string? NextAnswer(string path)
    {
        if (!answers.TryGetValue(path, out var queue))
        {
            return null;
        }

        lock (queue)
        {
            return queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }
    }

    private async Task<(string Path, string Body)> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var count = await stream.ReadAsync(buffer, stopping.Token);
            if (count == 0)
            {
                throw new IOException("The client left.");
            }

            received.AddRange(buffer.AsSpan(0, count).ToArray());
            var text = Encoding.Latin1.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && received.Count - end - 4 >= ContentLength(text[..end]))
            {
                return (text.Split(' ')[1], Encoding.UTF8.GetString([.. received.Skip(end + 4)]));
            }
        }
    }

    private static int ContentLength(string head) =>
        head.Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
}
