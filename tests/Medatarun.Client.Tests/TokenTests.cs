using System.Buffers.Text;
using System.Text;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Client.Tests;

public sealed class TokenTests
{
    private const string Sentinel = "sentinel-token-4711";
    private static readonly Uri Nowhere = new("http://localhost:1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void The_expiry_of_a_token_is_read_from_it() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_795_000_000), ExpiryOf("""{"exp":1795000000,"sub":"x"}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"exp":"1795000000"}""")]
    [InlineData("""{"exp":null}""")]
    [InlineData("""{"exp":{}}""")]
    [InlineData("""{"exp":1795000000.5}""")]
    [InlineData("""{"exp":-1}""")]
    [InlineData("""{"exp":0}""")]
    [InlineData("""{"exp":99999999999999}""")]
    [InlineData("""{"exp":1e400}""")]
    [InlineData("[1795000000]")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("")]
    public void A_token_that_does_not_say_when_it_expires_has_no_known_expiry(string payload) => Assert.Null(ExpiryOf(payload));

    [Theory]
    [InlineData("")]
    [InlineData("opaque")]
    [InlineData("one.two")]
    [InlineData("a.b.c.d")]
    [InlineData("a.*.c")]
    [InlineData("a.é.c")]
    public void A_token_of_another_form_has_no_known_expiry(string token) =>
        Assert.Null(new MedatarunConnection(Nowhere).WithToken(new Secret(token)).ExpiresAt);

    [Fact]
    public void A_given_expiry_counts_more_than_the_tokens_own()
    {
        var expiry = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(expiry, new MedatarunConnection(Nowhere).WithToken(Jwt("""{"exp":1795000000}"""), expiry).ExpiresAt);
    }

    [Fact]
    public void A_connection_never_changes_and_hands_out_others()
    {
        var anonymous = new MedatarunConnection(Nowhere);
        var signedIn = anonymous.WithToken(Jwt("""{"exp":1795000000}"""));
        var signedOut = signedIn.WithoutToken();

        Assert.False(anonymous.HasToken);
        Assert.True(signedIn.HasToken);
        Assert.False(signedOut.HasToken);
        Assert.Null(signedOut.ExpiresAt);
        Assert.Equal(anonymous.BaseUrl, signedIn.BaseUrl);
        Assert.Same(anonymous.Options, signedOut.Options);
    }

    [Fact]
    public async Task The_token_goes_to_operations_that_need_it()
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("""{"status":"ok"}"""));
        var connection = new MedatarunConnection(server.Url).WithToken(new Secret(Sentinel));

        await connection.InvokeAsync(AuthOperations.Logout, EmptyRequest.Instance, cancellationToken: Stop);
        await connection.InvokeRawAsync("auth", "a_later_operation", [], cancellationToken: Stop);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Contains($"Authorization: Bearer {Sentinel}\r\n", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_does_not_go_where_none_is_needed()
    {
        await using var server = new ScriptedServer(ScriptedServer.Problem(401, "bad_credentials"));
        var connection = new MedatarunConnection(server.Url).WithToken(new Secret(Sentinel));

        await RefusedAsync(() => connection.SignInAsync("someone", new Secret("A.password.1234"), cancellationToken: Stop));
        await RefusedAsync(() => connection.InvokeRawAsync("auth", "login", "{}"u8.ToArray(), cancellationToken: Stop));
        await RefusedAsync(() => connection.InvokeRawAsync("auth", "admin_bootstrap", [], cancellationToken: Stop));
        await RefusedAsync(() => connection.PingAsync(cancellationToken: Stop));

        Assert.Equal(4, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("token\r\nX-Injected: yes")]
    [InlineData("token\nX-Injected: yes")]
    [InlineData("token\0")]
    [InlineData("tökén")]
    [InlineData("two tokens")]
    public async Task A_token_with_characters_that_no_token_has_is_not_sent(string token)
    {
        await using var server = new ScriptedServer(ScriptedServer.Ok("{}"));
        var connection = new MedatarunConnection(server.Url).WithToken(new Secret(token));

        var refusal = await RefusedAsync(
            () => connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, cancellationToken: Stop));

        Assert.Equal(("invalid_token", 0), (refusal.Code, refusal.Status));
        Assert.DoesNotContain(token, refusal.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Secrets_are_in_no_text_that_the_client_makes()
    {
        const string password = "Sentinel.Password.4711";
        await using var server = new ScriptedServer(ScriptedServer.Problem(401, "invalid_token"));
        var told = new List<RequestReport>();
        var texts = new List<object>();
        foreach (var url in new[] { server.Url, Nowhere })
        {
            var connection = new MedatarunConnection(url).WithToken(new Secret(Sentinel));
            texts.Add(connection);
            texts.Add(connection.Options);
            texts.Add(await RefusedAsync(
                () => connection.InvokeAsync(AuthOperations.WhoAmI, EmptyRequest.Instance, told.Add, Stop)));
            texts.Add(await RefusedAsync(() => connection.SignInAsync("someone", new Secret(password), observe: told.Add, cancellationToken: Stop)));
        }

        Assert.Equal(4, told.Count);
        Assert.All(texts.Concat(told).Select(text => text.ToString()!), text =>
        {
            Assert.DoesNotContain(Sentinel, text, StringComparison.Ordinal);
            Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        });
    }

    private static Task<MedatarunException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<MedatarunException>(call);

    private static DateTimeOffset? ExpiryOf(string payload) => new MedatarunConnection(Nowhere).WithToken(Jwt(payload)).ExpiresAt;

    private static Secret Jwt(string payload) =>
        new($"eyJhbGciOiJFUzI1NiJ9.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.c2lnbmF0dXJl");
}
