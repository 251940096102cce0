using System.Text;

namespace Medatarun.Benchmarks.Load;

/// <summary>Requests as bytes.</summary>
internal static class HttpText
{
    /// <summary>A sign-in through a trusted proxy, from any of many clients.</summary>
    public static byte[] Login(string name, string password, int client) => Post(
        "/api/auth/login", $$"""{"username":"{{name}}","password":"{{password}}"}""",
        client: $"198.{18 + (client >> 16 & 1)}.{client >> 8 & 255}.{client & 255}");

    public static byte[] Post(string path, string json = "", string? token = null, string? client = null)
    {
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        var forwarded = client is null ? "" : $"X-Forwarded-For: {client}\r\n";
        return Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\n{authorization}{forwarded}Content-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
    }
}
