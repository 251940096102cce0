using System.Text;

namespace Medatarun.Benchmarks.Load;

/// <summary>Requests as bytes.</summary>
internal static class HttpText
{
    public static byte[] Post(string path, string json = "", string? token = null)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}Content-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
    }
}
