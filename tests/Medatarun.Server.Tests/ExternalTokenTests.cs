using System.Text.Json.Nodes;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Storage;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class ExternalTokenTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task A_token_of_a_trusted_issuer_is_accepted_by_the_algorithm_that_the_issuer_takes(string algorithm)
    {
        await using var issuer = await TestIssuer.StartAsync(
            algorithm[0] == 'E' ? TestKey.Ec("one", algorithm) : TestKey.Rsa("one", algorithm));
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Algorithms = [algorithm] });

        var answer = (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();

        Assert.Equal((issuer.Address, "somebody"), (answer.GetProperty("issuer").GetString(), answer.GetProperty("sub").GetString()));
        Assert.Equal(1, issuer.Fetches);
    }

    [Fact]
    public async Task Clocks_may_be_thirty_seconds_apart_at_the_end_and_not_more()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        var caller = server.As(issuer.Token(server));
        var unseen = server.As(issuer.Token(server, "somebody-else"));
        (await caller.CallAsync("whoami")).Ok();

        server.Clock.Advance(TimeSpan.FromSeconds(3629));

        (await caller.CallAsync("whoami")).Ok();

        server.Clock.Advance(TimeSpan.FromSeconds(2));

        (await caller.CallAsync("whoami")).Refused(401, "token_expired");
        (await unseen.CallAsync("whoami")).Refused(401, "token_expired");
    }

    [Theory]
    [InlineData("nbf", 29, true)]
    [InlineData("nbf", 30, true)]
    [InlineData("nbf", 31, false)]
    [InlineData("iat", 29, true)]
    [InlineData("iat", 31, false)]
    [InlineData("exp", -29, true)]
    [InlineData("exp", -30, false)]
    [InlineData("exp", -31, false)]
    public async Task Clocks_may_be_thirty_seconds_apart_and_not_more(string claim, int seconds, bool accepted)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        var now = server.Clock.GetUtcNow();
        var claims = issuer.Claims(now);
        claims[claim] = now.AddSeconds(seconds).ToUnixTimeSeconds();

        var answer = await server.As(issuer.Key.Sign(claims)).CallAsync("whoami");

        Assert.Equal((accepted ? 200 : 401, accepted ? null : claim == "exp" ? "token_expired" : "invalid_token"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", "AT+JWT")]
    [InlineData("typ", "application/at+jwt")]
    [InlineData("typ", "jwt")]
    [InlineData("typ", null)]
    [InlineData("x5t", "x")]
    [InlineData("jku", "http://127.0.0.1:1/keys")]
    [InlineData("cty", "x")]
    public async Task Headers_that_other_issuers_write_are_no_fault(string member, string? value)
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        var header = issuer.Key.Header();
        header.Remove(member);
        if (value is not null)
        {
            header[member] = value;
        }

        (await server.As(issuer.Key.Sign(issuer.Claims(server.Clock.GetUtcNow()), header)).CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task An_audience_may_be_one_of_a_list_on_either_side_and_is_not_looked_at_where_none_is_named()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Audiences = ["one", "two"] });
        var claims = issuer.Claims(server.Clock.GetUtcNow());
        claims["aud"] = new JsonArray("x", "two");
        (await server.As(issuer.Key.Sign(claims)).CallAsync("whoami")).Ok();
        claims["aud"] = new JsonArray("x", "three");
        (await server.As(issuer.Key.Sign(claims)).CallAsync("whoami")).Refused(401, "invalid_token");

        await using var open = await TestIssuer.StartAsync();
        await open.TrustAsync(server, trusted => trusted with { Audiences = [] });
        claims = open.Claims(server.Clock.GetUtcNow());
        claims.Remove("aud");
        (await server.As(open.Key.Sign(claims)).CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task What_was_verified_against_an_issuer_as_it_was_is_verified_again_after_a_change()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await TestServer.StartAsync();
        var trusted = await issuer.TrustAsync(server);
        var caller = server.As(issuer.Token(server));
        (await caller.CallAsync("whoami")).Ok();

        await UpdateAsync(server, trusted with { RuleRequired = false, Version = Guid.NewGuid() });
        (await caller.CallAsync("whoami")).Ok();
        Assert.Equal(2, issuer.Fetches);

        await UpdateAsync(server, trusted with { Audiences = ["other"], Version = Guid.NewGuid() });
        (await caller.CallAsync("whoami")).Refused(401, "invalid_token");

        await UpdateAsync(server, trusted with { DisabledAt = server.Clock.GetUtcNow(), Version = Guid.NewGuid() });
        (await caller.CallAsync("whoami")).Refused(401, "invalid_token");

        await UpdateAsync(server, trusted with { Version = Guid.NewGuid() });
        (await caller.CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task A_token_of_another_issuer_is_neither_described_nor_ended_here_and_does_nothing_about_an_account()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await issuer.TrustAsync(server);
        var token = issuer.Token(server);

        Assert.Equal("""{"active":false}""", (await admin.FormAsync("/auth/introspect", $"token={token}")).Body);
        Assert.Equal("0", Database.Text(server, $"SELECT count(*) FROM actors WHERE issuer = '{issuer.Address}'"));
        Assert.Equal(200, (await admin.FormAsync("/auth/revoke", $"token={token}")).Status);

        var caller = server.As(token);
        (await caller.CallAsync("whoami")).Ok();
        foreach (var (operation, request) in new (string, object)[]
        {
            ("logout", new { }), ("api_token_create", new { name = "ci" }), ("change_my_password", new { oldPassword = "x", newPassword = "y" }),
        })
        {
            var refused = await caller.CallAsync(operation, request);
            refused.Refused(403, "session_required");
            Assert.StartsWith("A token of another issuer", refused.Detail, StringComparison.Ordinal);
        }

        (await caller.CallAsync("whoami")).Ok();
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.Services.GetRequiredService<LastSeen>().StoreAsync();
        Assert.NotEqual("", Database.Text(server, $"SELECT last_seen_at FROM actors WHERE issuer = '{issuer.Address}'"));
    }

    private static Task<TrustedIssuer> UpdateAsync(TestServer server, TrustedIssuer issuer) =>
        server.Services.GetRequiredService<StoreHolder>().Current.WriteAsync(transaction =>
        {
            TrustedIssuerQueries.Update(transaction, issuer);
            return issuer;
        });
}
