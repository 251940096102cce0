using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class TokenEndpointHostileTests
{
    private const string Path = "/auth/token";

    private static readonly string[] Errors = ["invalid_request", "invalid_grant", "unsupported_grant_type"];

    private static async Task<(TestServer Server, JsonElement Admin)> StartAsync()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        return (server, await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword));
    }

    private static string Form(JsonElement signedIn) => $"grant_type=refresh_token&refresh_token={signedIn.RefreshToken()}";

    private static IEnumerable<(string Name, byte[] Body, string? MediaType)> HostileForms(string token)
    {
        byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
        var good = $"grant_type=refresh_token&refresh_token={token}";
        string[] texts =
        [
            "%", "%%", "%%%", "%4", "%zz", "%-1", "% 1", "%+1", "%u0041", "grant_type=%", "grant_type=refresh_token%", "grant_type=refresh_token%2",
            "grant_type=refresh_token&refresh_token=%00", $"{good}%00", $"{good}%", $"{good}%zz", $"{good}&%", $"{good}&a=%C3%28", $"{good}&a=%FF",
            $"{good}&a=%ED%A0%80", $"{good}&a=%C0%80", $"{good}&a=%F4%90%80%80", "=", "==", "=&=", "&", "&&&&", "=refresh_token&=x", $"{good}&=&=",
            "grant_type=%0d%0aSet-Cookie:x", "grant_type=%1b%5b31m", "grant_type=%E2%80%AE", "grant_type=<script>", "grant_type=\"\\", "grant_type[]=refresh_token",
            "grant_type=refresh_token;refresh_token=x", "{\"grant_type\":\"refresh_token\"}", "grant_type=refresh_token&refresh_token=' OR 1=1 --",
            "grant_type=refresh_token&refresh_token=mdr_", $"grant_type=refresh_token&refresh_token=mda_{token[4..]}",
            string.Join('&', Enumerable.Range(0, 8000).Select(number => $"p{number}=1")), new string('=', 60_000), new string('&', 60_000), new string('%', 60_000),
            "grant_type=" + string.Concat(Enumerable.Repeat("%41", 20_000)), new string('a', 60_000),
        ];
        foreach (var text in texts)
        {
            yield return (text.Length > 60 ? text[..60] : text, Text(text), OAuthRequests.MediaType);
        }

        yield return ("NUL", [0], OAuthRequests.MediaType);
        yield return ("NUL in the token", Text(good + "\0"), OAuthRequests.MediaType);
        yield return ("byte order mark", [0xef, 0xbb, 0xbf, .. Text(good)], OAuthRequests.MediaType);
        yield return ("UTF-16", Encoding.Unicode.GetBytes(good), OAuthRequests.MediaType);
        yield return ("broken UTF-8", [.. Text("grant_type="), 0xc3, 0x28], OAuthRequests.MediaType);
        yield return ("Latin-1", [.. Text(good + "&a="), 0xe9], OAuthRequests.MediaType);
        yield return ("every byte", [.. Enumerable.Range(0, 256).Select(value => (byte)value)], OAuthRequests.MediaType);
        foreach (var mediaType in new[] { null, "", "x", "/", ";", "application/", OAuthRequests.MediaType + "; charset=", OAuthRequests.MediaType + "; charset=\"", "a/b; charset=utf-7", "\u0001" })
        {
            yield return ($"media type '{mediaType}'", Text("grant_type=refresh_token&refresh_token=x"), mediaType);
        }
    }

    [Theory]
    [InlineData("/auth/token")]
    [InlineData("/auth/introspect")]
    [InlineData("/auth/revoke")]
    public async Task Hostile_forms_are_refused_and_never_a_fault(string path)
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;
        var forms = HostileForms(admin.RefreshToken()).ToList();
        Assert.InRange(forms.Count, 60, int.MaxValue);

        foreach (var (name, body, mediaType) in forms)
        {
            var answer = await server.As(admin).BytesAsync(path, body, mediaType);
            var error = answer.MediaType == "application/json" ? answer.Json.GetProperty("error").GetString() : null;
            Assert.True(answer.Status == 400 && Errors.Contains(error), $"{name}: {answer.Status} {answer.Body}");
        }

        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
        (await server.Anonymous.FormAsync(Path, Form(admin))).Ok();
    }

    public static TheoryData<string, string> BrokenBodies => new MatrixTheoryData<string, string>(
        ["/auth/token", "/api/auth/login"],
        [
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "Transfer-Encoding: chunked\r\n\r\n5\r\ngrant\r\n-1\r\n",
            "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            "Content-Length: -1\r\n\r\n",
            "Content-Length: 99999999999\r\n\r\n",
            "Content-Length: 65537\r\n\r\n",
            "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ]);

    [Theory]
    [MemberData(nameof(BrokenBodies))]
    public async Task A_body_that_is_broken_below_its_content_is_refused(string path, string rest)
    {
        await using var server = await TestServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {OAuthRequests.MediaType}\r\n{rest}"));

        using var reader = new StreamReader(client.GetStream());
        Assert.Matches("^HTTP/1.1 4(00|13) ", await reader.ReadLineAsync());
        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
    }
}
