using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Medatarun.Server.Storage;
using Medatarun.Server.Tests.Support;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class TokenEndpointTests
{
    private const string Path = "/auth/token";

    private static readonly string[] Errors = ["invalid_request", "invalid_grant", "unsupported_grant_type"];

    private static async Task<(TestServer Server, JsonElement Admin)> StartAsync()
    {
        var (server, _) = await TestServer.StartWithAdminAsync();
        return (server, await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword));
    }

    private static string Form(JsonElement signedIn) => $"grant_type=refresh_token&refresh_token={signedIn.RefreshToken()}";

    [Fact]
    public async Task A_refresh_answers_with_the_members_and_headers_of_the_standard()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;

        var answer = await server.Anonymous.FormAsync(Path, Form(admin));

        var tokens = answer.Ok();
        Assert.Equal(["access_token", "token_type", "expires_in", "refresh_token"], tokens.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Bearer", 3600), (tokens.GetProperty("token_type").GetString(), tokens.GetProperty("expires_in").GetInt32()));
        Assert.Equal(("no-store", "no-cache"), (answer.Headers["Cache-Control"], answer.Headers["Pragma"]));
        Assert.Equal("application/json", answer.MediaType);
        (await server.As(tokens).CallAsync("whoami")).Ok();
        (await server.Anonymous.FormAsync(Path, Form(tokens))).Ok();
    }

    [Fact]
    public async Task A_hundred_callers_with_one_token_get_one_answer_and_make_one_successor()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => server.Anonymous.FormAsync(Path, Form(admin))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM refresh_tokens WHERE used_at IS NULL"));
        (await server.Anonymous.FormAsync(Path, Form(answers[0].Ok()))).Ok();
    }

    [Fact]
    public async Task A_client_whose_connection_was_cut_after_the_commit_gets_the_answer_that_was_stored()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;
        var body = Form(admin);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(server.Http.BaseAddress!.Host, server.Http.BaseAddress.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {OAuthRequests.MediaType}\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            // Committed, and nothing of the answer read.
            while (Database.Text(server, "SELECT COUNT(*) FROM refresh_tokens WHERE used_at IS NOT NULL") == "0")
            {
                await Task.Delay(1);
            }

            client.LingerState = new LingerOption(true, 0);
        }

        var stored = SealedAnswer.Open(
            admin.RefreshToken(), Database.Text(server, "SELECT answer FROM refresh_tokens WHERE used_at IS NOT NULL"));
        var retry = (await server.Anonymous.FormAsync(Path, body)).Ok();

        var committed = JsonDocument.Parse(stored).RootElement;
        Assert.Equal(committed.RefreshToken(), retry.RefreshToken());
        Assert.Equal(committed.AccessToken(), retry.AccessToken());
        Assert.Equal("2", Database.Text(server, "SELECT COUNT(*) FROM refresh_tokens"));
        (await server.Anonymous.FormAsync(Path, Form(retry))).Ok();
    }

    // What stands for a refresh token that is good.
    private const string Good = "GOOD";

    public static TheoryData<string, string, int, string> BadForms => new()
    {
        { "", OAuthRequests.MediaType, 400, "invalid_request" },
        { "refresh_token=GOOD", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=&refresh_token=GOOD", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type&refresh_token=GOOD", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=GOOD&refresh_token=GOOD", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token&grant_type=refresh_token&refresh_token=GOOD", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=GOOD&scope=a&scope=b", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=refresh_token&refresh%5ftoken=GOOD&refresh_token=x", OAuthRequests.MediaType, 400, "invalid_request" },
        { "grant_type=password&username=admin&password=x", OAuthRequests.MediaType, 400, "unsupported_grant_type" },
        { "grant_type=client_credentials", OAuthRequests.MediaType, 400, "unsupported_grant_type" },
        { "grant_type=authorization_code&code=x", OAuthRequests.MediaType, 400, "unsupported_grant_type" },
        { "grant_type=Refresh_Token&refresh_token=GOOD", OAuthRequests.MediaType, 400, "unsupported_grant_type" },
        { "grant_type=refresh_token%20&refresh_token=GOOD", OAuthRequests.MediaType, 400, "unsupported_grant_type" },
        { "grant_type=refresh_token&refresh_token=x", OAuthRequests.MediaType, 400, "invalid_grant" },
        { "grant_type=refresh_token&refresh_token=GOOD+", OAuthRequests.MediaType, 400, "invalid_grant" },
        { "grant_type=refresh_token&refresh_token=GOODx", OAuthRequests.MediaType, 400, "invalid_grant" },
        { "grant_type=refresh_token&refresh_token=GOOD", "application/json", 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=GOOD", "text/plain", 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=GOOD", "multipart/form-data; boundary=x", 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=GOOD", OAuthRequests.MediaType + "; charset=utf-16", 400, "invalid_request" },
        { """{"grant_type":"refresh_token","refresh_token":"GOOD"}""", "application/json", 400, "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task A_bad_request_gets_the_error_of_the_standard_and_uses_nothing_up(string form, string mediaType, int status, string error)
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;

        (await server.Anonymous.PostAsync(Path, form.Replace(Good, admin.RefreshToken(), StringComparison.Ordinal), mediaType))
            .OAuthError(status, error);

        Assert.Equal("0", Database.Text(server, "SELECT COUNT(*) FROM refresh_tokens WHERE used_at IS NOT NULL"));
    }

    public static TheoryData<string> GoodForms =>
    [
        "grant_type=refresh_token&refresh_token=GOOD",
        "refresh_token=GOOD&grant_type=refresh_token",
        "&grant_type=refresh_token&&refresh_token=GOOD&",
        "grant%5Ftype=refresh%5ftoken&refresh_token=GOOD",
        "grant_type=refresh_token&refresh_token=GOOD&client_id=some+client&scope=",
        "grant_type=refresh_token&refresh_token=GOOD&extra=%C3%A9%F0%9F%98%80",
    ];

    [Theory]
    [MemberData(nameof(GoodForms))]
    public async Task A_form_is_read_in_every_spelling_that_the_standard_allows(string form)
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;

        (await server.As("stale").PostAsync(
            Path, form.Replace(Good, admin.RefreshToken(), StringComparison.Ordinal), "Application/X-WWW-Form-URLEncoded; charset=UTF-8")).Ok();
    }

    [Fact]
    public async Task A_token_that_was_used_is_refused_after_the_grace_and_the_session_is_over()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;
        var successor = (await server.Anonymous.FormAsync(Path, Form(admin))).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(30));

        (await server.Anonymous.FormAsync(Path, Form(admin))).OAuthError(400, "invalid_grant");

        (await server.Anonymous.FormAsync(Path, Form(successor))).OAuthError(400, "invalid_grant");
        (await server.As(successor).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task The_query_string_is_never_read()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;

        (await server.Anonymous.FormAsync($"{Path}?{Form(admin)}", "")).OAuthError(400, "invalid_request");
        (await server.Anonymous.FormAsync($"{Path}?refresh_token={admin.RefreshToken()}", "grant_type=refresh_token"))
            .OAuthError(400, "invalid_request");
        Assert.Equal("0", Database.Text(server, "SELECT COUNT(*) FROM refresh_tokens WHERE used_at IS NOT NULL"));
    }

    [Theory]
    [InlineData("/auth/token")]
    [InlineData("/auth/introspect")]
    [InlineData("/auth/revoke")]
    public async Task Only_POST_is_taken(string path)
    {
        await using var server = await TestServer.StartAsync();

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Options, new HttpMethod("FOO") })
        {
            var refused = await server.Anonymous.SendAsync(method, path, null);
            refused.OAuthError(405, "invalid_request");
            Assert.Equal("POST", refused.Headers["Allow"]);
        }
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_refused()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Anonymous.FormAsync(Path, "grant_type=" + new string('x', 64 * 1024))).OAuthError(413, "invalid_request");
        (await server.Anonymous.FormAsync(Path, "grant_type=" + new string('x', (64 * 1024) - 11))).OAuthError(400, "unsupported_grant_type");
    }

    [Fact]
    public async Task A_store_that_takes_no_write_is_said_with_a_time_to_retry_and_the_token_stays_good()
    {
        var (server, admin) = await StartAsync();
        await using var _ = server;
        var store = server.Services.GetRequiredService<StoreHolder>().Current;
        // The engine's own limit of pages fails as a full disk does; the page in use may have room for a refresh or two.
        await store.WriteAsync(transaction => transaction.Number("PRAGMA max_page_count = 1"));
        var last = admin;
        var answer = await server.Anonymous.FormAsync(Path, Form(last));
        for (var number = 0; number < 100 && answer.Status == 200; number++)
        {
            last = answer.Ok();
            answer = await server.Anonymous.FormAsync(Path, Form(last));
        }

        answer.OAuthError(503, "temporarily_unavailable");
        Assert.Equal("2", answer.Headers["Retry-After"]);
        await store.WriteAsync(transaction => transaction.Number("PRAGMA max_page_count = 1000000"));
        (await server.Anonymous.FormAsync(Path, Form(last))).Ok();
    }

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
