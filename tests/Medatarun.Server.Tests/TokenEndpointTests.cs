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
}
