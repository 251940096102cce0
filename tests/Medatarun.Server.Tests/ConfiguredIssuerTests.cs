using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ConfiguredIssuerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static readonly TrustedIssuerOptions Github = new() { Name = "github", Issuer = "https://x.example", Jwks = "https://x.example/k", Audiences = ["a", "b"] };

    private Task<TestServer> StartAsync(params TrustedIssuerOptions[] issuers) =>
        TestServer.StartAsync(folder, configure: options => options.TrustedIssuers = issuers);

    private static IReadOnlyList<string> Stored(TestServer server) => Database.Rows(
        server,
        """
        SELECT name || ' ' || issuer || ' ' || COALESCE(jwks, authority) || ' ' || algorithms || ' [' || audiences || '] '
            || managed || ' ' || (disabled_at IS NOT NULL)
        FROM trusted_issuers ORDER BY name
        """);

    [Fact]
    public async Task What_is_configured_is_in_the_store_and_follows_the_configuration()
    {
        await using (var server = await StartAsync(Github))
        {
            Assert.Equal(["github https://x.example https://x.example/k RS256 [a b] 1 0"], Stored(server));
        }

        await using (var server = await StartAsync(Github with { Name = "hub", Jwks = null, Authority = "https://x.example", Algorithms = ["ES256"], Audiences = [] }))
        {
            Assert.Equal(["hub https://x.example https://x.example ES256 [] 1 0"], Stored(server));
        }
    }

    [Fact]
    public async Task One_that_leaves_stays_with_its_rules_disabled_until_it_comes_back_or_is_deleted()
    {
        string version;
        await using (var server = await StartAsync(Github))
        {
            var admin = await server.BootstrapAsync();
            (await admin.CallAsync("issuer_rule_create", new
            {
                issuer_name = "github", name = "main", conditions = new[] { new { claim = "ref", equals = "main" } }, roles = new[] { "reader" },
            })).Ok();
            version = Database.Text(server, "SELECT version FROM trusted_issuers");
        }

        await using (var server = await StartAsync())
        {
            Assert.Equal(["github https://x.example https://x.example/k RS256 [a b] 0 1"], Stored(server));
            Assert.NotEqual(version, Database.Text(server, "SELECT version FROM trusted_issuers"));
        }

        await using (var server = await StartAsync(Github))
        {
            Assert.Equal(["github https://x.example https://x.example/k RS256 [a b] 1 0"], Stored(server));
            Assert.Equal("1", Database.Text(server, "SELECT COUNT(*) FROM issuer_rules"));
        }

        await using (var server = await StartAsync())
        {
            var admin = await server.SignInAsync(TestServer.AdminName, TestServer.AdminPassword);
            (await admin.CallAsync("issuer_delete", new { name = "github" })).Ok();
            Assert.Empty(Stored(server));
        }
    }

    [Fact]
    public async Task Rules_that_were_made_for_one_issuer_are_not_taken_over_by_another_of_its_name()
    {
        await using (var server = await StartAsync(Github))
        {
            Assert.Single(Stored(server));
        }

        // Without rules there is nothing that could be taken over.
        await using (var server = await StartAsync(Github with { Issuer = "https://y.example" }))
        {
            Assert.Equal(["github https://y.example https://x.example/k RS256 [a b] 1 0"], Stored(server));
            var admin = await server.BootstrapAsync();
            (await admin.CallAsync("issuer_rule_create", new
            {
                issuer_name = "github", name = "main", conditions = new[] { new { claim = "ref", equals = "main" } }, roles = new[] { "reader" },
            })).Ok();
        }

        var failure = await Assert.ThrowsAsync<MedatarunStartException>(() => StartAsync(Github));
        Assert.Contains("'github'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_does_not_take_the_name_of_an_issuer_that_it_trusts()
    {
        await using (var server = await StartAsync(Github))
        {
            Assert.Single(Stored(server));
        }

        var failure = await Assert.ThrowsAsync<MedatarunStartException>(
            () => TestServer.StartAsync(folder, configure: options => options.Issuer = "https://x.example"));
        Assert.Contains("https://x.example", failure.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<TrustedIssuerOptions, TrustedIssuerOptions[]>> Refusals() => new()
    {
        { "name", one => [one with { Name = "Git Hub" }] },
        { "name", one => [one, one with { Issuer = "https://y.example" }] },
        { "https://x.example", one => [one, one with { Name = "other" }] },
        { "keys", one => [one with { Jwks = null }] },
        { "keys", one => [one with { Authority = "https://x.example" }] },
        { "keys", one => [one with { Jwks = "http://x.example" }] },
        { "authority", one => [one with { Jwks = null, Authority = "https://x.example?a" }] },
        { "issuer", one => [one with { Issuer = null }] },
        { "own", one => [one with { Issuer = "urn:medatarun:internal" }] },
        { "algorithms", one => [one with { Algorithms = ["HS256"] }] },
        { "audiences", one => [one with { Audiences = [""] }] },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task An_issuer_that_cannot_be_trusted_stops_the_start(string told, Func<TrustedIssuerOptions, TrustedIssuerOptions[]> issuers)
    {
        var failure = await Assert.ThrowsAsync<MedatarunStartException>(() => StartAsync(issuers(Github)));
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }
}
