using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Medatarun.Client.Tests.Servers;

/// <summary>
/// A server that answers what a test tells it to, byte by byte, so that it can also answer what no decent server would.
/// It keeps what it was sent.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Func<int, string, NetworkStream, CancellationToken, Task> answer;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task accepting;
    private int count;

    /// <param name="answer">Answers a request, given its number from 0; afterwards the connection is closed.</param>
    public ScriptedServer(Func<int, NetworkStream, CancellationToken, Task> answer)
        : this((number, _, stream, token) => answer(number, stream, token))
    {
    }

    /// <param name="answer">Answers a request, given as it came; null closes the connection without a word.</param>
    public ScriptedServer(Func<string, CancellationToken, Task<string?>> answer)
        : this(async (_, request, stream, token) =>
            await stream.WriteAsync(Encoding.UTF8.GetBytes(await answer(request, token) ?? string.Empty), token))
    {
    }

    private ScriptedServer(Func<int, string, NetworkStream, CancellationToken, Task> answer)
    {
        this.answer = answer;
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>A server that answers each request with the next text, and then always with the last.</summary>
    public ScriptedServer(params string[] answers)
        : this((number, stream, token) =>
            stream.WriteAsync(Encoding.UTF8.GetBytes(answers[Math.Min(number, answers.Length - 1)]), token).AsTask())
    {
    }

    public Uri Url { get; }

    /// <summary>Every request, head and body, in the order of arrival.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>A whole answer with the length it has.</summary>
    public static string Answer(string status, string contentType, string body, string headers = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
        + $"Connection: close\r\n\r\n{body}";

    /// <summary>A JSON answer of 200.</summary>
    public static string Ok(string json) => Answer("200 OK", "application/json", json);

    /// <summary>A refusal as the server writes it.</summary>
    public static string Problem(int status, string code, string headers = "") => Answer(
        $"{status} Refused",
        "application/problem+json",
        $$"""{"status":{{status}},"code":"{{code}}","title":"Refused","detail":"Refused.","request_id":"r-1"}""",
        headers);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadRequestAsync(stream);
                requests.Enqueue(request);
                await answer(Interlocked.Increment(ref count) - 1, request, stream, stopping.Token);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client gave up, or the test is over.
            }
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer, stopping.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var length = request[..end].Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture))
            .SingleOrDefault();
        return Encoding.UTF8.GetByteCount(request[(end + 4)..]) >= length;
    }
}
