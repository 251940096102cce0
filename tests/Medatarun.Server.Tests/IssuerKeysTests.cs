using Medatarun.Server.External;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class IssuerKeysTests
{
    [Fact]
    public async Task Ten_thousand_tokens_that_name_unknown_keys_cause_one_fetch_a_window()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, issuer.Fetches);

        await FloodAsync(server, issuer, 10_000);
        Assert.Equal(2, issuer.Fetches);

        server.Clock.Advance(TimeSpan.FromSeconds(29));
        await FloodAsync(server, issuer, 100);
        Assert.Equal(2, issuer.Fetches);

        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await FloodAsync(server, issuer, 100);
        Assert.Equal(3, issuer.Fetches);
    }

    [Fact]
    public async Task A_hundred_first_callers_cause_one_fetch_and_all_get_in()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        var answered = new TaskCompletionSource();
        issuer.Misbehave = async context =>
        {
            await answered.Task;
            await TestIssuer.WriteAsync(context, issuer.KeySet());
        };

        var calls = Enumerable.Range(0, 100).Select(number => server.As(issuer.Token(server, $"somebody-{number}")).CallAsync("whoami")).ToList();
        answered.SetResult();

        Assert.All(await Task.WhenAll(calls), answer => answer.Ok());
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task Known_keys_keep_verifying_while_the_issuer_is_down_however_old_they_are()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        await issuer.StopAsync();

        for (var hours = 0; hours < 3; hours++)
        {
            server.Clock.Advance(TimeSpan.FromHours(1));
            (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
            (await server.As(TestKey.Rsa("two").Sign(issuer.Claims(server.Clock.GetUtcNow()))).CallAsync("whoami")).Refused(401, "invalid_token");
        }

        Assert.Contains("cannot be fetched", server.Log.Text, StringComparison.Ordinal);
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task Without_a_key_the_answer_is_that_the_issuer_is_unavailable_and_it_is_asked_again_after_five_seconds()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        await issuer.StopAsync();
        var caller = server.As(issuer.Token(server));

        var refused = await caller.CallAsync("whoami");

        refused.Refused(503, "issuer_unavailable");
        Assert.Equal("5", refused.Headers["Retry-After"]);
        await issuer.StartAgainAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(4));
        refused = await caller.CallAsync("whoami");
        refused.Refused(503, "issuer_unavailable");
        Assert.Equal(("1", 0), (refused.Headers["Retry-After"], issuer.Fetches));

        server.Clock.Advance(TimeSpan.FromSeconds(1));

        (await caller.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task A_new_key_is_found_with_its_first_token_and_the_old_one_is_refused_from_then_on()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        var old = issuer.Token(server, "old");

        issuer.Rotate(TestKey.Rsa("two"));

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        (await server.As(old).CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task Keys_that_are_older_than_they_may_be_are_fetched_beside_the_requests()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync(configure: options => options.JwksCacheDuration = TimeSpan.FromMinutes(2));
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(119));
        (await server.As(issuer.Token(server, "two")).CallAsync("whoami")).Ok();
        Assert.Equal(1, issuer.Fetches);
        var withdrawn = issuer.Token(server, "withdrawn");
        var late = new TaskCompletionSource();
        issuer.Misbehave = async context =>
        {
            await late.Task;
            await TestIssuer.WriteAsync(context, """{"keys":[]}""");
        };
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        // The answer does not come before this does.
        (await server.As(issuer.Token(server, "three")).CallAsync("whoami")).Ok();
        late.SetResult();

        var keys = server.Services.GetRequiredService<IssuerKeys>();
        var trusted = Trusted(issuer, server);
        await UntilAsync(async () => (await keys.FindAsync(trusted, "one", "RS256")).Keys!.Keys.Count == 0);
        (await server.As(withdrawn).CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(2, issuer.Fetches);
    }

    [Fact]
    public async Task A_token_that_was_verified_is_refused_when_its_key_was_withdrawn_however_long_it_says_it_lives()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        var claims = issuer.Claims(server.Clock.GetUtcNow());
        claims["exp"] = server.Clock.GetUtcNow().AddYears(100).ToUnixTimeSeconds();
        var caller = server.As(issuer.Key.Sign(claims));
        (await caller.CallAsync("whoami")).Ok();
        issuer.Rotate(TestKey.Rsa("two"));

        server.Clock.Advance(TimeSpan.FromMinutes(10));
        (await caller.CallAsync("whoami")).Ok();
        var keys = server.Services.GetRequiredService<IssuerKeys>();
        var trusted = Trusted(issuer, server);
        await UntilAsync(async () => (await keys.FindAsync(trusted, "two", "RS256")).Keys!.Find("one", "RS256") is null);
        server.Clock.Advance(TimeSpan.FromMinutes(10));

        (await caller.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Keys_are_found_by_discovery_of_the_authority()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Jwks = null, Authority = issuer.Address + "/" });

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();

        Assert.Equal((1, 1), (issuer.FetchesOf("/.well-known/openid-configuration"), issuer.Fetches));
    }

    [Fact]
    public async Task The_wait_for_a_fetch_ends_when_it_does_and_nobody_else_fetches_meanwhile()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        issuer.Misbehave = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.As(issuer.Token(server)).CallAsync("whoami")));

        Assert.All(answers, answer => answer.Refused(503, "issuer_unavailable"));
        Assert.Equal(1, issuer.Fetches);
    }

    private static TrustedIssuer Trusted(TestIssuer issuer, TestServer server) =>
        server.Services.GetRequiredService<Storage.StoreHolder>().Current.Read(
            transaction => TrustedIssuerQueries.FindByIssuer(transaction, issuer.Address))!;

    // Signed by nobody: the key id alone makes the server ask.
    private static async Task FloodAsync(TestServer server, TestIssuer issuer, int count)
    {
        var claims = TestKey.Encode(issuer.Claims(server.Clock.GetUtcNow()).ToJsonString());
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            var header = TestKey.Encode($$"""{"alg":"RS256","kid":"unknown-{{number}}"}""");
            var answer = await server.As($"{header}.{claims}.{TestKey.Encode(new byte[256])}").CallAsync("whoami");
            Assert.Equal((401, "invalid_token"), (answer.Status, answer.Code));
        });
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(1);
        }
    }
}
