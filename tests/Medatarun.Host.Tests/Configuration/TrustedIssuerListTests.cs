using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.CommandLine;
using Medatarun.Host.Configuration;
using Xunit;

namespace Medatarun.Host.Tests.Configuration;

public sealed class TrustedIssuerListTests : IDisposable
{
    private const string List = "medatarun.auth.jwt.trusted.issuers";
    private const string Prefix = "medatarun.auth.jwt.trusted.issuer.";

    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void Issuers_come_from_file_environment_and_command_line_together()
    {
        Directory.CreateDirectory(home.At("config"));
        File.WriteAllText(ConfigurationReader.FilePath(home.Path), $"""
            {List}=github,entra-id.prod
            {Prefix}github.issuer=https://token.actions.githubusercontent.com
            {Prefix}github.jwks=https://token.actions.githubusercontent.com/.well-known/jwks
            {Prefix}github.rule.required=true
            """);
        var configuration = ServerConfiguration.From(Read(
            [new("MEDATARUN_AUTH_JWT_TRUSTED_ISSUER_ENTRA_ID_PROD_AUTHORITY", "https://login.example.org/tenant/v2.0"),
                new("MEDATARUN_AUTH_JWT_JWKS_CACHE_DURATION", "10")],
            [new($"{Prefix}entra-id.prod.algorithms", "PS256, ES256"), new($"{Prefix}entra-id.prod.audiences", "api://medatarun")]));

        Assert.Equal(TimeSpan.FromSeconds(10), configuration.JwksCacheDuration);
        Assert.Collection(
            configuration.TrustedIssuers,
            github =>
            {
                Assert.Equal(("github", "https://token.actions.githubusercontent.com"), (github.Name, github.TokenIssuer));
                Assert.Equal("https://token.actions.githubusercontent.com/.well-known/jwks", github.Jwks);
                Assert.Equal(["RS256"], github.Algorithms);
                Assert.Empty(github.Audiences);
                Assert.True(github.RuleRequired);
            },
            entra =>
            {
                Assert.Equal(("entra-id.prod", "https://login.example.org/tenant/v2.0"), (entra.Name, entra.TokenIssuer));
                Assert.Null(entra.Jwks);
                Assert.Equal(["PS256", "ES256"], entra.Algorithms);
                Assert.Equal(["api://medatarun"], entra.Audiences);
                Assert.False(entra.RuleRequired);
            });
    }

    [Fact]
    public void Without_a_list_there_is_no_issuer() => Assert.Empty(ServerConfiguration.From(Read([], [])).TrustedIssuers);

    // The key that the sentence begins with or names, and the settings.
    public static TheoryData<string, string> Refusals() => new()
    {
        { $"{Prefix}a1.jwks", $"{List}=a1" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.issuer=https://x.example" },
        { $"{Prefix}a1.authority", $"{List}=a1 {Prefix}a1.jwks=https://x.example/k {Prefix}a1.authority=https://x.example" },
        { $"{Prefix}a1.issuer", $"{List}=a1 {Prefix}a1.jwks=https://x.example/k" },
        { $"{Prefix}a1.issuer", $"{List}=a1 {Prefix}a1.jwks=https://x.example/k {Prefix}a1.issuer=urn:medatarun:internal" },
        { $"{Prefix}a1.issuer", $"{List}=a1 medatarun.auth.jwt.default.issuer=https://x.example {Prefix}a1.authority=https://x.example" },
        { $"{Prefix}b1.issuer", $"{List}=a1,b1 {Prefix}a1.authority=https://x.example {Prefix}b1.jwks=https://y.example {Prefix}b1.issuer=https://x.example" },
        { $"{Prefix}a1.algorithms", $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}a1.algorithms=HS256" },
        { $"{Prefix}a1.algorithms", $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}a1.algorithms=RS256,none" },
        { $"{Prefix}a1.algorithms", $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}a1.algorithms=rs256" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.jwks=http://x.example/k" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.jwks=/k" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.jwks=file:///etc/passwd" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.jwks=https://u:p@x.example/k" },
        { $"{Prefix}a1.jwks", $"{List}=a1 {Prefix}a1.jwks=https://x.example/k#f" },
        { $"{Prefix}a1.authority", $"{List}=a1 {Prefix}a1.authority=https://x.example?a=b" },
        { $"{Prefix}a1.rule.required", $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}a1.rule.required=yes" },
        { $"{Prefix}a1.audiences", $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}a1.audiences=a,,b" },
        { List, $"{List}=a1,a1 {Prefix}a1.authority=https://x.example" },
        { List, $"{List}=a-1,a.1 {Prefix}a-1.authority=https://x.example" },
        { List, $"{List}=A1" },
        { List, $"{List}=a1," },
        { List, $"{Prefix}a1.authority=https://x.example" },
        { List, $"{List}=a1 {Prefix}a1.authority=https://x.example {Prefix}b1.authority=https://y.example" },
        { $"{Prefix}a1.jkws", $"{List}=a1 {Prefix}a1.jkws=https://x.example" },
        { "medatarun.auth.jwt.jwks.cache.duration", "medatarun.auth.jwt.jwks.cache.duration=9" },
        { "medatarun.auth.jwt.jwks.cache.duration", "medatarun.auth.jwt.jwks.cache.duration=86401" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Issuers_that_cannot_be_trusted_stop_the_start_with_the_name_of_the_key(string key, string settings)
    {
        var arguments = settings.Split(' ').Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1])).ToArray();

        var failure = Assert.Throws<StartFailureException>(() => ServerConfiguration.From(Read([], arguments)));

        Assert.Equal(ServerExitCode.Usage, failure.ExitCode);
        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_about_an_issuer_that_is_not_listed_is_refused_with_the_list()
    {
        var failure = Assert.Throws<StartFailureException>(() => Read(
            [new("MEDATARUN_AUTH_JWT_TRUSTED_ISSUERS", "github"), new("MEDATARUN_AUTH_JWT_TRUSTED_ISSUER_GITLAB_JWKS", "https://x.example")], []));
        Assert.Contains("'MEDATARUN_AUTH_JWT_TRUSTED_ISSUER_GITLAB_JWKS'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{List} lists 'github'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_spelled_right_is_refused_with_the_nearest()
    {
        var failure = Assert.Throws<StartFailureException>(() => Read([], [new(List, "github"), new($"{Prefix}github.jkws", "https://x.example")]));
        Assert.Contains($"'{Prefix}github.jwks'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_shows_the_keys_of_an_issuer() => Assert.All(
        TrustedIssuerKeys.Example.All, key => Assert.Contains(key.Name, HelpCommand.Text(["serve"]), StringComparison.Ordinal));

    private ConfigurationValues Read(KeyValuePair<string, string>[] environment, KeyValuePair<string, string>[] arguments) =>
        ConfigurationReader.Read(home.Path, environment, arguments);
}
