using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Medatarun.Contracts.Import;
using Medatarun.Server.Http.Streams;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

/// <summary>The stream itself: who may open it, what is no row, where it ends, and who leaves it.</summary>
public sealed class ImportStreamTests
{
    private const string MediaType = "application/x-ndjson";

    [Fact]
    public async Task A_stranger_is_refused_before_a_byte_of_the_body_is_read()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var disposal = server;

        // The body is announced and never comes.
        var answer = await TalkAsync(server, "POST /api/auth/user_import HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("authentication_required", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_the_call_are_problems_as_everywhere()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("plain");
        var plain = await server.SignInAsync("plain", Importing.Password);

        (await plain.ImportAsync("")).Refused(403, "permission_denied");
        (await admin.PostAsync(Importing.Path(), "{}")).Refused(415, "unsupported_media_type");
        (await admin.GetAsync(Importing.Path())).Refused(405, "method_not_allowed");
        Assert.Equal(
            "'if_exists' must be 'skip', 'update' or 'fail'.",
            (await admin.ImportAsync("", "if_exists=maybe")).Refused(400, "invalid_request").GetProperty("detail").GetString());
        (await admin.ImportAsync("", "dry_run=perhaps")).Refused(400, "invalid_request");
        var tooLarge = await TalkAsync(server, Head(admin, UserImportRequest.MaxBytes + 1));
        Assert.StartsWith("HTTP/1.1 413", tooLarge, StringComparison.Ordinal);
        Assert.Contains("64 MiB", tooLarge, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 0), (await admin.ImportAsync("")).Counts());
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM audit_events WHERE operation = 'auth/user_import' AND outcome = 'permission_denied'"));
    }

    [Fact]
    public async Task Lines_may_end_as_on_any_system_and_be_empty_and_what_is_no_row_fails_alone()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        byte[] lines =
        [
            0xEF, 0xBB, 0xBF, .. "{\"username\":\"one\",\"fullname\":\"A\"}\r\n\r\n \t\n"u8,
            .. "{\"username\":\"two\",\"fullname\":\"(A)\"}\n"u8,
            .. "{\"username\":\"bad.bytes\",\"fullname\":\""u8, 0xFF, 0xFE, .. "\"}\n"u8,
            .. Encoding.UTF8.GetBytes("{\"username\":\"deep\",\"x\":" + new string('[', 5000) + new string(']', 5000) + "}\n"),
            .. "{\"username\":\"half\",\"fullname\":\"\\ud800\"}\n[]\nnull\n7\n{\"username\":\"a.b\"}{\"username\":\"c.d\"}\n"u8,
            .. Encoding.UTF8.GetBytes("{\"username\":\"long\",\"x\":\"" + new string('x', UserImportRequest.MaxRowBytes) + "\"}\n"),
            .. "{\"username\":\"last\",\"fullname\":\"A\"}"u8,
        ];

        var answer = await admin.ImportAsync(lines);

        Assert.Equal(
            [
                "created", "bad_fullname", "invalid_request", "malformed_request", "invalid_request", "malformed_request",
                "malformed_request", "malformed_request", "malformed_request", "request_too_large", "created",
            ],
            answer.Results().Select(line => line.Outcome()));
        Assert.Contains("16 KiB", answer.Results()[9].Text("detail"), StringComparison.Ordinal);
        Assert.Equal("last", answer.Results()[10].Text("username"));
    }

    [Fact]
    public async Task A_line_that_never_ends_is_refused_once_and_the_stream_ends_at_64_MiB()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        using var content = new StreamContent(new EndlessStream("{\"username\":\"first\",\"fullname\":\"A\"}\n"u8.ToArray(), (byte)'x', UserImportRequest.MaxBytes + 1));
        content.Headers.ContentType = new(MediaType);

        var answer = await admin.SendAsync(HttpMethod.Post, Importing.Path(), content);

        Assert.Equal(["created", "request_too_large"], answer.Results().Select(line => line.Outcome()));
        Assert.Equal("request_too_large", answer.Summary().Outcome());
        Assert.Contains("64 MiB", answer.Summary().Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_kept_of_a_line_that_is_too_long()
    {
        var lines = new RowLines(maxLineBytes: 100);
        var tooLong = new ReadOnlySequence<byte>(new byte[1000]);

        Assert.True(lines.TryTake(ref tooLong, isLast: false, out var line));
        Assert.Null(line);
        Assert.True(tooLong.IsEmpty);
        for (var more = 0; more < 10; more++)
        {
            var rest = new ReadOnlySequence<byte>(new byte[1000]);
            Assert.False(lines.TryTake(ref rest, isLast: false, out _));
            Assert.True(rest.IsEmpty);
        }

        var end = new ReadOnlySequence<byte>("tail\n{}\n"u8.ToArray());
        Assert.True(lines.TryTake(ref end, isLast: false, out line));
        Assert.Equal("{}"u8.ToArray(), line!.Value.ToArray());
    }

    [Fact]
    public async Task More_rows_than_one_call_takes_end_it_with_a_summary_that_says_so()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var line = "{}\n"u8.ToArray();
        var lines = new byte[line.Length * (UserImportRequest.MaxRows + 1)];
        for (var at = 0; at < lines.Length; at += line.Length)
        {
            line.CopyTo(lines, at);
        }

        // Answers are read while rows are sent: there are more of them than any buffer holds.
        var answer = await TalkAsync(server, Head(admin, lines.Length), lines);

        var last = JsonDocument.Parse(answer[answer.LastIndexOf("{\"code\"", StringComparison.Ordinal)..].Split('\n')[0]).RootElement;
        Assert.Equal("request_too_large", last.Outcome());
        Assert.Contains("100,000 rows", last.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(UserImportRequest.MaxRows, last.GetProperty("summary").GetProperty("failed").GetInt32());
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_whole_users_and_the_same_call_again_makes_the_rest()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 20_000);
        await using var _ = server;
        var rows = Enumerable.Range(0, 300).Select(number => Importing.Row($"user{number}", $"user{number}@example.org")).ToArray();
        var bytes = Encoding.UTF8.GetBytes(Importing.Lines(rows));

        using (var client = await ConnectAsync(server))
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head(admin, bytes.Length)));
            await client.GetStream().WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            // Some answers have come, and rows are under way.
            await ReadUntilAsync(client.GetStream(), "created");
            client.Client.LingerState = new LingerOption(true, 0);
        }

        var answer = await admin.ImportAsync(bytes);

        Assert.Equal(300, answer.Results().Count);
        Assert.All(answer.Results(), line => Assert.Contains(line.Outcome(), new[] { "created", "existing" }));
        Assert.Contains(answer.Results(), line => line.Outcome() == "existing");
        Assert.Equal("301", Database.Text(server, "SELECT COUNT(*) FROM users"));
        Assert.Equal("301", Database.Text(server, "SELECT COUNT(*) FROM actors WHERE kind = 'user'"));
        Assert.Equal("300", Database.Text(server, "SELECT COUNT(DISTINCT target) FROM audit_events WHERE operation = 'auth/user_import' AND outcome = 'ok'"));
        Assert.Equal("300", Database.Text(server, "SELECT COUNT(*) FROM audit_events WHERE operation = 'auth/user_import' AND outcome = 'ok'"));
    }

    [Fact]
    public async Task Who_loses_the_right_in_the_middle_is_refused_the_rest()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 10);
        await using var _ = server;
        await admin.CreateUserAsync("delegated");
        await admin.GiveOwnRoleAsync("delegated", "user_manage");
        var delegated = await server.SignInAsync("delegated", Importing.Password);
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(delegated, null)));
        await SendChunkAsync(stream, Importing.Lines(Importing.Row("first.one")));
        await ReadUntilAsync(stream, "created");

        (await admin.CallAsync("role_delete_permission", new { roleRef = "delegated-role", permissionKey = "user_manage" })).Ok();
        await SendChunkAsync(stream, Importing.Lines(Importing.Row("second.one")));

        var rest = await ReadUntilAsync(stream, "\"summary\":");
        Assert.Contains("\"code\":\"permission_denied\"", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("second.one", rest, StringComparison.Ordinal);
        Assert.Equal("", string.Join(' ', Database.Rows(server, "SELECT username FROM users WHERE username = 'second.one'")));
    }

    [Fact]
    public async Task Others_sign_in_while_an_import_is_hashed()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 20_000);
        await using var _ = server;
        var import = admin.ImportAsync(Importing.Lines(Enumerable.Range(0, 400).Select(number => Importing.Row($"user{number}"))));
        var during = 0;
        while (!import.IsCompleted)
        {
            await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
            during += import.IsCompleted ? 0 : 1;
        }

        Assert.Equal((400, 0, 0, 0), (await import).Counts());
        Assert.InRange(during, 3, int.MaxValue);
    }

    [Fact]
    public async Task A_client_that_waits_for_its_answers_before_it_sends_more_is_served()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 10);
        await using var _ = server;
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(admin, null)));
        for (var number = 0; number < 20; number++)
        {
            await SendChunkAsync(stream, Importing.Lines(Importing.Row($"user{number}")));
            await ReadUntilAsync(stream, $"\"user{number}\"");
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray());
        Assert.Contains("\"created\":20", await ReadUntilAsync(stream, "\"summary\":{\"rows\":20,\"created\":20"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAPI_says_that_rows_come_and_go()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        await using var disposal = server;

        var post = (await server.Anonymous.GetAsync("/api")).Ok().GetProperty("paths").GetProperty("/api/auth/user_import").GetProperty("post");

        Assert.Equal(["if_exists", "dry_run"], post.GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
        Assert.True(post.GetProperty("requestBody").GetProperty("content").GetProperty(MediaType).GetProperty("schema").GetProperty("properties").TryGetProperty("password_hash", out var _));
        Assert.True(post.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty(MediaType).GetProperty("schema").GetProperty("properties").TryGetProperty("status", out var _));
    }

    private static string Head(TestCaller caller, int? length) =>
        $"POST {Importing.Path()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {caller.Token}\r\nContent-Type: {MediaType}\r\n"
        + (length is { } bytes ? $"Content-Length: {bytes}\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n");

    private static async Task<TcpClient> ConnectAsync(TestServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port);
        return client;
    }

    private static ValueTask SendChunkAsync(NetworkStream stream, string text) =>
        stream.WriteAsync(Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n"));

    /// <summary>Sends a whole request while its answer is read, and returns that to the end of the connection.</summary>
    private static async Task<string> TalkAsync(TestServer server, string head, byte[]? body = null)
    {
        using var client = await ConnectAsync(server);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var sending = body is null ? Task.CompletedTask : stream.WriteAsync(body).AsTask();
        var answer = await ReadUntilAsync(stream, body is null ? "}" : "\"summary\":{");
        await sending;
        return answer;
    }

    private static async Task<string> ReadUntilAsync(NetworkStream stream, string end)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!text.ToString(Math.Max(0, text.Length - 100_000), Math.Min(text.Length, 100_000)).Contains(end, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, patience.Token);
            Assert.True(read > 0, $"the connection ended after: {text}");
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
