using System.Net.Sockets;
using System.Text;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

/// <summary>Whatever answers, the caller gets a <see cref="MedatarunException"/> that says what is the matter.</summary>
public sealed class HostileAnswerTests
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> AnswersOfNoMedatarunServer() => new()
    {
        { "a proxy's error page", ScriptedServer.Answer("502 Bad Gateway", "text/html", "<html><h1>Bad gateway</h1></html>") },
        { "a web page", ScriptedServer.Answer("200 OK", "text/html; charset=utf-8", "<html>Welcome</html>") },
        { "a text", ScriptedServer.Answer("200 OK", "text/plain", "ok") },
        { "nothing at all", "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n" },
        { "an empty body", ScriptedServer.Answer("200 OK", Json, "") },
        { "null", ScriptedServer.Ok("null") },
        { "a list", ScriptedServer.Ok("[]") },
        { "an object of another kind", ScriptedServer.Ok("""{"hello":"world"}""") },
        { "a member of another type", ScriptedServer.Ok("""{"issuer":{},"sub":1}""") },
        { "half an object", ScriptedServer.Ok("""{"issuer":"urn""") },
        { "a member twice", ScriptedServer.Ok("""{"issuer":"a","issuer":"b"}""") },
        { "bytes that are no UTF-8", ScriptedServer.Ok("\"\uFFFE") },
        { "too deep an object", ScriptedServer.Ok(string.Concat(Enumerable.Repeat("{\"a\":", 2000)) + "1" + new string('}', 2000)) },
        { "a problem without a code", ScriptedServer.Answer("400 Bad Request", ProblemJson, """{"status":400,"title":"No"}""") },
        { "a problem that is no object", ScriptedServer.Answer("400 Bad Request", ProblemJson, "\"no\"") },
        { "half a problem", ScriptedServer.Answer("400 Bad Request", ProblemJson, """{"status":400,"code":"a""") },
        { "a problem of another shape", ScriptedServer.Answer("400 Bad Request", ProblemJson, """{"status":"four hundred","code":{}}""") },
        { "a refusal in plain JSON", ScriptedServer.Answer("403 Forbidden", Json, """{"code":"permission_denied"}""") },
        { "a problem with a good status", ScriptedServer.Answer("200 OK", ProblemJson, """{"status":200}""") },
    };

    [Theory]
    [MemberData(nameof(AnswersOfNoMedatarunServer))]
    public async Task An_answer_that_is_not_the_servers_is_unexpected(string what, string answer)
    {
        await using var server = new ScriptedServer(answer);

        var refusal = await WhoAmIAsync(server.Url);

        Assert.True(refusal.Code == "unexpected_answer", $"{what} was taken for {refusal.Code}: {refusal.Message}");
        Assert.Equal(0, refusal.Status);
        Assert.NotNull(refusal.RecommendedAction);
        Assert.DoesNotContain("<html>", refusal.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not HTTP\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.9\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"issuer\":")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty")]
    public async Task A_connection_that_breaks_or_talks_no_http_is_unreachable(string answer)
    {
        await using var server = new ScriptedServer(answer);

        Assert.Equal("server_unreachable", (await WhoAmIAsync(server.Url)).Code);
    }

    [Fact]
    public async Task A_port_where_nobody_listens_is_unreachable()
    {
        var refusal = await WhoAmIAsync(UnusedAddress());

        Assert.Equal("server_unreachable", refusal.Code);
        Assert.Equal(0, refusal.Status);
        Assert.Contains("cannot be reached", refusal.Message, StringComparison.Ordinal);
        Assert.Null(refusal.RequestId);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_unreachable() =>
        Assert.Equal("server_unreachable", (await WhoAmIAsync(new Uri("https://no-such-host.invalid"))).Code);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_with_the_token(int status)
    {
        await using var elsewhere = new ScriptedServer(ScriptedServer.Ok("{}"));
        await using var server = new ScriptedServer(
            $"HTTP/1.1 {status} Moved\r\nLocation: {elsewhere.Url}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var refusal = await WhoAmIAsync(server.Url);

        Assert.Equal("unexpected_answer", refusal.Code);
        Assert.Contains($"{status}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("""{"code":"throttled"}""")]
    [InlineData("""{"code":"throttled","status":200}""")]
    public async Task The_status_is_the_one_of_the_answer_whatever_its_body_says(string body)
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer("429 Too Many Requests", ProblemJson, body));

        Assert.Equal(429, (await WhoAmIAsync(server.Url)).Status);
    }

    [Fact]
    public async Task A_code_of_a_later_server_is_handed_on()
    {
        await using var server = new ScriptedServer(ScriptedServer.Answer(
            "418 Later", ProblemJson, """{"code":"from_the_future","status":418,"detail":"Not yet.","request_id":"r-9","extra":[1]}"""));

        var refusal = await WhoAmIAsync(server.Url);

        Assert.Equal(("from_the_future", 418, "Not yet.", "r-9"), (refusal.Code, refusal.Status, refusal.Message, refusal.RequestId));
        Assert.Null(refusal.RecommendedAction);
        Assert.Empty(refusal.Errors);
    }

    [Fact]
    public async Task An_answer_that_says_it_is_huge_is_not_read()
    {
        await using var server = new ScriptedServer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n{");

        Assert.Equal("unexpected_answer", (await WhoAmIAsync(server.Url)).Code);
    }

    [Fact]
    public async Task An_answer_without_an_end_is_given_up_at_a_bound()
    {
        var sent = 0L;
        await using var server = new ScriptedServer(async (_, stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray(), token);
            var spaces = Encoding.UTF8.GetBytes(new string(' ', 1 << 20));
            while (sent < 1L << 30)
            {
                await stream.WriteAsync(spaces, token);
                sent += spaces.Length;
            }
        });

        Assert.Equal("unexpected_answer", (await WhoAmIAsync(server.Url)).Code);
        Assert.InRange(sent, 60L << 20, 100L << 20);
    }

    private static Uri UnusedAddress()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private static Task<MedatarunException> WhoAmIAsync(Uri url) => Assert.ThrowsAsync<MedatarunException>(() =>
        new MedatarunConnection(url).WithToken(new Secret("a-token"))
            .InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: Stop));
}
