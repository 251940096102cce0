using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Medatarun.Benchmarks.Load;

/// <summary>
/// One connection that sends bytes and reads whole answers, and does nothing else: generator and server share the
/// processors, and what the generator costs would be taken for the server's.
/// </summary>
internal sealed class KeepAliveConnection : IDisposable
{
    private const int DefaultTimeoutMilliseconds = 30_000;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[16 * 1024];

    public KeepAliveConnection(IPEndPoint address, int timeoutMilliseconds = DefaultTimeoutMilliseconds)
    {
        socket.ReceiveTimeout = timeoutMilliseconds;
        try
        {
            socket.Connect(address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Send(ReadOnlySpan<byte> request) => socket.Send(request);

    /// <summary>Reads one answer; what is returned is valid until the next.</summary>
    public Answer Receive()
    {
        var read = 0;
        while (true)
        {
            var more = socket.Receive(buffer.AsSpan(read));
            if (more == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            read += more;
            var head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && IsWhole(buffer.AsSpan(0, head), buffer.AsSpan(head + 4, read - head - 4)))
            {
                return new Answer(Status(buffer), buffer.AsMemory(head + 4, read - head - 4));
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private static int Status(ReadOnlySpan<byte> answer) =>
        Utf8Parser.TryParse(answer["HTTP/1.1 ".Length..], out int status, out _) ? status : 0;

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var name = "\r\nContent-Length: "u8;
        var start = head.IndexOf(name);
        return start >= 0 && Utf8Parser.TryParse(head[(start + name.Length)..], out int length, out _)
            ? body.Length >= length
            // In chunks, then; the last one is empty.
            : body.EndsWith("0\r\n\r\n"u8);
    }
}
