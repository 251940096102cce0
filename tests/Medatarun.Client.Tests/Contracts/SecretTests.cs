using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Client.Tests.Contracts;

public sealed class SecretTests
{
    public static TheoryData<string> TypesWithSecrets() =>
        [.. Samples.Types.Where(pair => Samples.HoldsSecret(pair.Value)).Select(pair => pair.Key)];

    [Fact]
    public void A_secret_prints_as_stars_however_it_is_printed()
    {
        var secret = new Secret(Samples.Secret);

        Assert.Equal("***", secret.ToString());
        Assert.Equal("***", $"{secret}");
        Assert.Equal("***", string.Concat(secret));
        Assert.Equal(Samples.Secret, secret.Reveal());
    }

    [Theory]
    [MemberData(nameof(TypesWithSecrets))]
    public void Whatever_carries_a_secret_prints_it_as_stars(string typeName)
    {
        var type = Samples.Types[typeName];
        var value = JsonSerializer.Deserialize(Samples.Of(type.Type).ToJsonString(), type)!;

        Assert.Contains("***", value.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Samples.Secret, value.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_tokens_and_bootstrap_secrets_are_secrets_in_every_type()
    {
        var named = Samples.Types.Values
            .SelectMany(type => type.Properties)
            .Where(property => property.Name is "token" or "secret"
                || property.Name.EndsWith("password", StringComparison.OrdinalIgnoreCase)
                || property.Name.EndsWith("_token", StringComparison.Ordinal))
            // What is known of an API token, which is never its value, and how many have no password.
            .Where(property => property.PropertyType != typeof(ApiTokenInfo) && property.PropertyType != typeof(int))
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, property => Assert.Equal(typeof(Secret), property.PropertyType));
    }

    [Fact]
    public void The_secret_for_a_managed_start_prints_as_stars() => Assert.DoesNotContain(
        Samples.Secret, new ManagedStart { BootstrapSecret = new Secret(Samples.Secret) }.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Secrets_are_compared_by_their_text()
    {
        Assert.Equal(new Secret("a"), new Secret("a"));
        Assert.Equal(new Secret("a").GetHashCode(), new Secret("a").GetHashCode());
        Assert.NotEqual(new Secret("a"), new Secret("A"));
        Assert.Null(Secret.From(null));
        Assert.True(Secret.From("")!.IsEmpty);
        Assert.Throws<ArgumentNullException>(() => new Secret(null!));
    }
}
