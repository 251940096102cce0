using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ExternalTokenHostileTests
{
    private const string Invalid = "Bearer realm=\"medatarun\", error=\"invalid_token\", error_description=\"invalid token\"";
    private const string Expired = "Bearer realm=\"medatarun\", error=\"invalid_token\", error_description=\"token expired\"";

    [Fact]
    public async Task What_no_trusted_issuer_signed_for_us_is_refused_with_its_class_and_nothing_else_whatever_its_shape()
    {
        await using var issuer = await TestIssuer.StartAsync();
        var elliptic = TestKey.Ec("ec");
        issuer.Published.Add(elliptic.Jwk);
        // So that a token that names no key could mean more than one.
        issuer.Published.Add(TestKey.Rsa("spare").Jwk);
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Algorithms = ["RS256", "ES256"] });
        var now = server.Clock.GetUtcNow();
        var shapes = new ExternalForgeries(issuer, elliptic, now).All().ToList();
        Assert.True(shapes.Count >= 80, $"{shapes.Count} shapes");
        // The same keys and claims, as they should be.
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();
        (await server.As(elliptic.Sign(issuer.Claims(now))).CallAsync("whoami")).Ok();
        var actors = Database.Text(server, "SELECT count(*) FROM actors");

        foreach (var (name, token) in shapes)
        {
            var answer = await server.As(token).CallAsync("whoami");

            var end = name.StartsWith("claim exp=", StringComparison.Ordinal) && answer.Code == "token_expired";
            Assert.True(answer.Status == 401, $"{name}: {answer.Status} {answer.Body}");
            // A header without a token is no token.
            var missing = answer.Code == "authentication_required" && name.Contains("(0)", StringComparison.Ordinal);
            Assert.True(missing || answer.Code == (end ? "token_expired" : "invalid_token"), $"{name}: {answer.Body}");
            Assert.True(missing || answer.Headers["WWW-Authenticate"] == (end ? Expired : Invalid), $"{name}: {answer.Headers["WWW-Authenticate"]}");
            Assert.True(missing || answer.Detail == (end ? "The access token has expired." : "The access token is not valid."), $"{name}: {answer.Detail}");
        }

        Assert.Equal(actors, Database.Text(server, "SELECT count(*) FROM actors"));
        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("use", "enc")]
    [InlineData("use", "SIG")]
    [InlineData("use", 5)]
    [InlineData("key_ops", new[] { "sign" })]
    [InlineData("key_ops", "verify")]
    [InlineData("alg", "PS256")]
    [InlineData("alg", "RSA-OAEP")]
    [InlineData("alg", 5)]
    [InlineData("kid", 5)]
    [InlineData("kty", "oct")]
    [InlineData("kty", "rsa")]
    [InlineData("kty", null)]
    [InlineData("e", "AQ")]
    [InlineData("e", "Ag")]
    [InlineData("e", "AR")]
    [InlineData("e", "")]
    [InlineData("e", "AQAAAAAB")]
    [InlineData("n", "")]
    [InlineData("n", "AAAA")]
    [InlineData("n", "!!")]
    [InlineData("n", 5)]
    [InlineData("n", null)]
    public async Task A_key_that_is_not_meant_for_this_or_is_none_verifies_nothing_and_leaves_the_others(string member, object? value)
    {
        await using var issuer = await TestIssuer.StartAsync();
        var other = TestKey.Rsa("two");
        issuer.Published.Add(other.Jwk);
        issuer.Key.Jwk[member] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        await using var server = await issuer.TrustingServerAsync();

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(other.Sign(issuer.Claims(server.Clock.GetUtcNow()))).CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task A_short_RSA_key_verifies_nothing()
    {
        await using var issuer = await TestIssuer.StartAsync(TestKey.Rsa("one", bits: 1024));
        await using var server = await issuer.TrustingServerAsync();

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Theory]
    [InlineData("ES256", "ES384")]
    [InlineData("ES384", "ES256")]
    [InlineData("ES512", "ES256")]
    public async Task A_key_of_one_curve_verifies_no_token_of_another(string key, string algorithm)
    {
        await using var issuer = await TestIssuer.StartAsync(TestKey.Ec("one", key));
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Algorithms = ["ES256", "ES384"] });
        var header = issuer.Key.Header();
        header["alg"] = algorithm;

        (await server.As(issuer.Key.Sign(issuer.Claims(server.Clock.GetUtcNow()), header)).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_point_that_is_not_on_its_curve_is_no_key()
    {
        await using var issuer = await TestIssuer.StartAsync(TestKey.Ec("one"));
        issuer.Key.Jwk["y"] = TestKey.Encode(new byte[32]);
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Algorithms = ["ES256"] });

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_names_no_key_is_accepted_when_exactly_one_fits()
    {
        await using var issuer = await TestIssuer.StartAsync(TestKey.Rsa(null));
        issuer.Published.Add(TestKey.Ec("ec").Jwk);
        await using var server = await issuer.TrustingServerAsync(trusted => trusted with { Algorithms = ["RS256", "ES256"] });

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Ok();

        await using var two = await TestIssuer.StartAsync(TestKey.Rsa(null));
        two.Published.Add(TestKey.Rsa("two").Jwk);
        await two.TrustAsync(server);
        (await server.As(two.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Two_keys_of_one_id_and_type_verify_nothing_because_none_is_tried_after_the_other()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Published.Add(TestKey.Rsa("one").Jwk);
        await using var server = await issuer.TrustingServerAsync();

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task A_token_of_a_disabled_issuer_is_refused_and_of_one_that_nobody_trusts()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await TestServer.StartAsync();
        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");

        await issuer.TrustAsync(server, trusted => trusted with { DisabledAt = server.Clock.GetUtcNow() });

        (await server.As(issuer.Token(server)).CallAsync("whoami")).Refused(401, "invalid_token");
        Assert.Equal(0, issuer.Fetches);
    }
}
