using System.Diagnostics;
using System.Text;
using Medatarun.Server.External;
using Medatarun.Server.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Tests;

public sealed class KeyFetcherTests
{
    [Fact]
    public async Task An_answer_as_large_as_it_may_be_is_read_and_one_byte_more_is_not()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var keys = issuer.KeySet();
        issuer.Misbehave = context => TestIssuer.WriteAsync(context, keys + new string(' ', KeyFetcher.MaxBytes - keys.Length));
        Assert.Single((await FetchAsync(issuer)).Keys!.Keys);

        issuer.Misbehave = context => TestIssuer.WriteAsync(context, keys + new string(' ', KeyFetcher.MaxBytes - keys.Length + 1));
        await FailsAsync(issuer, "larger than 256 KiB");
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up_at_its_limit_whatever_length_it_declares()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[16 * 1024], context.RequestAborted);
            }
        };

        await FailsAsync(issuer, "larger than 256 KiB");
    }

    [Fact]
    public async Task An_answer_that_trickles_is_given_up_after_five_seconds_in_all()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(100, context.RequestAborted);
            }
        };
        var watch = Stopwatch.StartNew();

        await FailsAsync(issuer, "within 5 seconds");

        Assert.InRange(watch.Elapsed.TotalSeconds, 4.9, 9);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_on_the_same_server_is_followed(int status)
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = context => context.Request.Path == "/jwks"
            ? Redirect(context, "/moved", status)
            : TestIssuer.WriteAsync(context, issuer.KeySet());

        Assert.Single((await FetchAsync(issuer)).Keys!.Keys);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_a_fourth_is_not()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var hops = 3;
        issuer.Misbehave = context =>
            int.TryParse(context.Request.Query["n"], out var number) && number >= hops
                ? TestIssuer.WriteAsync(context, issuer.KeySet())
                : Redirect(context, $"/jwks?n={number + 1}");
        Assert.Single((await FetchAsync(issuer)).Keys!.Keys);

        hops = 4;
        await FailsAsync(issuer, "more than 3 times");
    }

    [Fact]
    public async Task A_redirect_to_another_server_or_protocol_is_not_followed()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var other = await TestIssuer.StartAsync();
        var port = new Uri(issuer.Address).Port;
        foreach (var address in new[]
        {
            other.Jwks, $"http://localhost:{port}/jwks", $"https://127.0.0.1:{port}/jwks", "http://169.254.169.254/latest", "file:///etc/passwd",
            "//example.com/jwks", $"http://user@127.0.0.1:{port}/jwks", "http://[", "",
        })
        {
            issuer.Misbehave = context => Redirect(context, address);
            Assert.Null((await FetchAsync(issuer)).Keys);
        }

        Assert.Equal(0, other.Fetches);
    }

    [Theory]
    [InlineData("http://example.com/jwks")]
    [InlineData("http://127.0.0.1.example.com/jwks")]
    [InlineData("http://0.0.0.0/jwks")]
    [InlineData("http://user:password@127.0.0.1/jwks")]
    [InlineData("ftp://127.0.0.1/jwks")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("jwks")]
    [InlineData("")]
    public async Task Only_https_and_this_machine_are_asked(string address)
    {
        await using var issuer = await TestIssuer.StartAsync();

        await FailsAsync(issuer, "neither https nor on this machine", trusted => trusted with { Jwks = address });
    }

    [Theory]
    [InlineData("http://127.0.0.1/jwks", true)]
    [InlineData("http://127.8.8.8:81/jwks", true)]
    [InlineData("http://localhost/jwks", true)]
    [InlineData("http://LOCALHOST/jwks", true)]
    [InlineData("http://[::1]/jwks", true)]
    [InlineData("https://example.com/jwks?x=1", true)]
    [InlineData("https://user@example.com/jwks", false)]
    [InlineData("https://example.com/jwks#x", false)]
    [InlineData("http://localhost.example.com/jwks", false)]
    [InlineData("http://[::2]/jwks", false)]
    [InlineData("http://128.0.0.1/jwks", false)]
    public void Addresses_are_judged_by_their_text(string address, bool allowed) =>
        Assert.Equal(allowed, KeyAddress.Parse(address) is not null);

    [Theory]
    [InlineData("""{"issuer":"https://evil.example","jwks_uri":"{0}/jwks"}""", "names another issuer")]
    [InlineData("""{"issuer":"{0}/","jwks_uri":"{0}/jwks"}""", "names another issuer")]
    [InlineData("""{"jwks_uri":"{0}/jwks"}""", "names another issuer")]
    [InlineData("""{"issuer":5,"jwks_uri":"{0}/jwks"}""", "names another issuer")]
    [InlineData("""{"issuer":"{0}","issuer":"{0}","jwks_uri":"{0}/jwks"}""", "no JSON object")]
    [InlineData("""{"issuer":"{0}"}""", "no 'jwks_uri'")]
    [InlineData("""{"issuer":"{0}","jwks_uri":5}""", "no 'jwks_uri'")]
    [InlineData("""{"issuer":"{0}","jwks_uri":"http://example.com/jwks"}""", "neither https nor on this machine")]
    [InlineData("""{"issuer":"{0}","jwks_uri":"file:///etc/passwd"}""", "neither https nor on this machine")]
    [InlineData("[]", "no JSON object")]
    public async Task A_discovery_document_must_name_its_issuer_and_an_address_that_may_be_asked(string document, string failure)
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = context => TestIssuer.WriteAsync(context, document.Replace("{0}", issuer.Address, StringComparison.Ordinal));

        await FailsAsync(issuer, failure, trusted => trusted with { Jwks = null, Authority = issuer.Address });
        Assert.Equal(0, issuer.Fetches);
    }

    [Theory]
    [InlineData("", "no JSON object")]
    [InlineData("<html>", "no JSON object")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{}", "no list of 'keys'")]
    [InlineData("""{"keys":{}}""", "no list of 'keys'")]
    [InlineData("""{"keys":[],"keys":[]}""", "no JSON object")]
    [InlineData("""{"keys":[{"kid":"a","kid":"b"}]}""", "no JSON object")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"\ud800"}]}""", "no JSON object")]
    [InlineData("""{"keys":[],"\ud800":1,"\ud800":1}""", "no JSON object")]
    [InlineData("\ufeff{\"keys\":[]}", "no JSON object")]
    public async Task What_is_no_key_set_is_refused_whole(string document, string failure)
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = context => context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(document)).AsTask();

        await FailsAsync(issuer, failure);
    }

    [Fact]
    public async Task A_hundred_keys_are_read_and_one_more_is_not()
    {
        await using var issuer = await TestIssuer.StartAsync();
        for (var number = 1; number < 100; number++)
        {
            var key = (System.Text.Json.Nodes.JsonObject)issuer.Key.Jwk.DeepClone();
            key["kid"] = $"key-{number}";
            issuer.Published.Add(key);
        }

        Assert.Equal(100, (await FetchAsync(issuer)).Keys!.Keys.Count);
        issuer.Published.Add(TestKey.Ec("more").Jwk);
        await FailsAsync(issuer, "more than 100 keys");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("{}")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"AAAA","y":"AAAA"}""")]
    public async Task A_key_that_is_of_no_use_is_left_out_and_the_others_stay(string key)
    {
        await using var issuer = await TestIssuer.StartAsync();
        var good = issuer.Key.Jwk.ToJsonString();
        issuer.Misbehave = context => TestIssuer.WriteAsync(context, $$"""{"keys":[{{key}},{{good}}]}""");

        Assert.Equal("one", Assert.Single((await FetchAsync(issuer)).Keys!.Keys).Id);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task Any_other_status_is_a_failure(int status)
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Misbehave = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        await FailsAsync(issuer, $"status {status}");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_failure_and_a_cookie_is_not_sent_back()
    {
        await using var issuer = await TestIssuer.StartAsync();
        using var fetcher = new KeyFetcher(KeyFetcher.CreateHandler());
        var cookies = 0;
        issuer.Misbehave = context =>
        {
            cookies += context.Request.Headers.Cookie.Count;
            context.Response.Headers.SetCookie = "a=b; Path=/";
            return TestIssuer.WriteAsync(context, issuer.KeySet());
        };
        Assert.NotNull((await fetcher.FetchAsync(Trusted(issuer))).Keys);
        Assert.NotNull((await fetcher.FetchAsync(Trusted(issuer))).Keys);
        Assert.Equal((2, 0), (issuer.Fetches, cookies));

        issuer.Misbehave = async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{");
            context.Abort();
        };
        Assert.Null((await fetcher.FetchAsync(Trusted(issuer))).Keys);
    }

    private static TrustedIssuer Trusted(TestIssuer issuer) => new()
    {
        Id = Guid.NewGuid(), Name = "test", Issuer = issuer.Address, Jwks = issuer.Jwks, Algorithms = ["RS256"], Audiences = [],
        CreatedAt = DateTimeOffset.UnixEpoch, Version = Guid.NewGuid(),
    };

    private static async Task<KeyFetch> FetchAsync(TestIssuer issuer, Func<TrustedIssuer, TrustedIssuer>? change = null)
    {
        using var fetcher = new KeyFetcher(KeyFetcher.CreateHandler());
        return await fetcher.FetchAsync(change?.Invoke(Trusted(issuer)) ?? Trusted(issuer));
    }

    private static async Task FailsAsync(TestIssuer issuer, string failure, Func<TrustedIssuer, TrustedIssuer>? change = null)
    {
        var result = await FetchAsync(issuer, change);
        Assert.Null(result.Keys);
        Assert.Contains(failure, result.Failure, StringComparison.Ordinal);
    }

    private static Task Redirect(HttpContext context, string location, int status = 302)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
