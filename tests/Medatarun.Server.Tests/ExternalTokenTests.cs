using Medatarun.Server.Tests.Support;

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
}
