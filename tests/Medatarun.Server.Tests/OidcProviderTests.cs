using Medatarun.Server.External;
using Medatarun.Server.Storage;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class OidcProviderTests
{
    private const string Audience = "urn:medatarun:test";

    [Fact]
    public async Task A_token_of_a_provider_we_did_not_write_is_accepted_and_makes_one_actor_under_a_hundred_first_calls()
    {
        await using var provider = await OidcProvider.StartAsync("RS256", Audience);
        var (server, admin) = await StartAsync(provider, "RS256");
        await using var _ = server;
        var caller = server.As(await provider.TokenAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => caller.CallAsync("whoami")));

        Assert.All(answers, answer => Assert.Equal(
            (provider.Issuer, "pipeline"), (answer.Ok().GetProperty("issuer").GetString(), answer.Json.GetProperty("sub").GetString())));
        var actorId = Assert.Single(answers.Select(answer => answer.Json.GetProperty("id").GetString()).Distinct());
        Assert.Equal("1", Database.Text(server, $"SELECT count(*) FROM actors WHERE issuer = '{provider.Issuer}'"));

        (await caller.CallAsync("user_list")).Refused(403, "permission_denied");
        (await admin.CallAsync("actor_add_role", new { actorId, roleRef = "reader" })).Ok();
        (await caller.CallAsync("user_list")).Ok();

        (await admin.CallAsync("actor_disable", new { actorId })).Ok();
        (await caller.CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(await provider.TokenAsync()).CallAsync("whoami")).Refused(401, "invalid_token");
        (await server.As(await provider.TokenAsync("other-pipeline")).CallAsync("whoami")).Ok();
    }

    [Fact]
    public async Task When_the_provider_stops_its_known_keys_still_verify()
    {
        await using var provider = await OidcProvider.StartAsync("ES256", Audience);
        var (server, _) = await StartAsync(provider, "ES256");
        await using var __ = server;
        (await server.As(await provider.TokenAsync()).CallAsync("whoami")).Ok();
        var unseen = server.As(await provider.TokenAsync("other-pipeline"));

        await provider.StopAsync();

        (await unseen.CallAsync("whoami")).Ok();
    }

    // The provider's tokens are of today, and so is this server.
    private static async Task<(TestServer Server, TestCaller Admin)> StartAsync(OidcProvider provider, string algorithm)
    {
        var server = await TestServer.StartAsync(services: services => services.AddSingleton(TimeProvider.System));
        var admin = await server.BootstrapAsync();
        await server.Services.GetRequiredService<StoreHolder>().Current.WriteAsync(transaction =>
        {
            var issuer = new TrustedIssuer
            {
                Id = Guid.NewGuid(), Name = "provider", Issuer = provider.Issuer, Authority = provider.Issuer, Algorithms = [algorithm],
                Audiences = [Audience], CreatedAt = DateTimeOffset.UtcNow, Version = Guid.NewGuid(),
            };
            TrustedIssuerQueries.Insert(transaction, issuer);
            return issuer;
        });
        return (server, admin);
    }
}
