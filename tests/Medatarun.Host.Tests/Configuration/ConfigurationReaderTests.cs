using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;
using Xunit;

namespace Medatarun.Host.Tests.Configuration;

public sealed class ConfigurationReaderTests : IDisposable
{
    private readonly TemporaryFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void The_environment_goes_over_the_file_and_the_command_line_over_both()
    {
        WriteFile("medatarun.server.port=1001\nmedatarun.server.host=127.0.0.2\nmedatarun.auth.jwt.default.audience=file");
        var values = Read(
            [new("MEDATARUN_SERVER_PORT", "1002"), new("MEDATARUN_AUTH_JWT_DEFAULT_AUDIENCE", "environment")],
            [new("medatarun.server.port", "1003")]);

        Assert.Equal("1003", values[ConfigurationKeys.Port]);
        Assert.Equal("environment", values[ConfigurationKeys.Audience]);
        Assert.Equal("127.0.0.2", values[ConfigurationKeys.Host]);
        Assert.Null(values[ConfigurationKeys.Issuer]);
    }

    [Fact]
    public void Without_any_setting_the_documented_defaults_hold()
    {
        var configuration = ServerConfiguration.From(Read([], []));

        Assert.Equal(new ListenAddress("127.0.0.1", 8080), configuration.Listen);
        Assert.Null(configuration.PublicBaseUrl);
        Assert.Null(configuration.BootstrapSecret);
    }

    [Fact]
    public void Lifetimes_are_read_in_seconds()
    {
        var configuration = ServerConfiguration.From(Read(
            [new("MEDATARUN_AUTH_OAUTH_REFRESH_TOKEN_TTL_SECONDS", "300")],
            [new("medatarun.auth.jwt.default.ttl.seconds", "60"), new("medatarun.auth.session.ttl.seconds", "31536000")]));

        Assert.Equal(TimeSpan.FromMinutes(1), configuration.AccessTokenLifetime);
        Assert.Equal(TimeSpan.FromMinutes(5), configuration.RefreshTokenLifetime);
        Assert.Equal(TimeSpan.FromDays(365), configuration.SessionLifetime);
    }

    [Fact]
    public void Proxies_are_addresses_and_networks()
    {
        var configuration = ServerConfiguration.From(Read([], [new("medatarun.server.trusted.proxies", "192.0.2.7, 10.0.0.0/8,2001:db8::/32,::1")]));

        Assert.Equal(
            ["192.0.2.7/32", "10.0.0.0/8", "2001:db8::/32", "::1/128"], configuration.TrustedProxies.Select(proxy => proxy.ToString()));
    }

    [Fact]
    public void Variables_and_keys_that_are_not_ours_do_not_matter()
    {
        WriteFile("quarkus.http.port=99999");
        Read(
            [new("PATH", "/bin"), new("MEDATARUN_HOME", "/x"), new("MEDATARUN_AUTH_TOKEN", "t"), new("MEDATARUN_SERVER_PROGRAM", "p")],
            []);
    }

    [Theory]
    [InlineData("medatarun.servr.port", "medatarun.server.port")]
    [InlineData("medatarun.auth.jwt.default.ttl", "medatarun.auth.jwt.default.ttl.seconds")]
    public void An_unknown_key_is_refused_with_its_name_and_the_nearest(string key, string nearest)
    {
        var failure = Assert.Throws<StartFailureException>(() => Read([], [new(key, "1")]));

        Assert.Equal(ServerExitCode.Usage, failure.ExitCode);
        Assert.Contains($"'{key}'", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"'{nearest}'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_in_the_file_is_refused_with_the_file()
    {
        WriteFile("medatarun.server.prt=1");
        var failure = Assert.Throws<StartFailureException>(() => Read([], []));
        Assert.Contains("medatarun.server.prt", failure.Message, StringComparison.Ordinal);
        Assert.Contains("medatarun.properties", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_variable_is_refused_with_the_nearest_variable()
    {
        var failure = Assert.Throws<StartFailureException>(() => Read([new("MEDATARUN_SERVR_PORT", "1")], []));
        Assert.Contains("'MEDATARUN_SERVR_PORT'; did you mean 'MEDATARUN_SERVER_PORT'?", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("medatarun.server.port", "65536")]
    [InlineData("medatarun.server.port", "-1")]
    [InlineData("medatarun.server.port", "http")]
    [InlineData("medatarun.server.port", "")]
    [InlineData("medatarun.server.host", "example.org")]
    [InlineData("medatarun.server.trusted.proxies", "proxy.example.org")]
    [InlineData("medatarun.server.trusted.proxies", "10.0.0.1,")]
    [InlineData("medatarun.server.trusted.proxies", "10.0.0.0/33")]
    [InlineData("medatarun.server.trusted.proxies", "10.0.0.0/x")]
    [InlineData("medatarun.server.trusted.proxies", "10/8")]
    [InlineData("medatarun.server.trusted.proxies", "10")]
    [InlineData("medatarun.public.base.url", "id.example.org")]
    [InlineData("medatarun.public.base.url", "ftp://id.example.org")]
    [InlineData("medatarun.public.base.url", "https://id.example.org?x=1")]
    [InlineData("medatarun.public.base.url", "https://user@id.example.org")]
    [InlineData("medatarun.auth.jwt.default.issuer", "no uri")]
    [InlineData("medatarun.auth.jwt.default.audience", "two words")]
    [InlineData("medatarun.auth.jwt.default.ttl.seconds", "59")]
    [InlineData("medatarun.auth.jwt.default.ttl.seconds", "86401")]
    [InlineData("medatarun.auth.oauth.refresh.token.ttl.seconds", "299")]
    [InlineData("medatarun.auth.oauth.refresh.token.ttl.seconds", "31536001")]
    [InlineData("medatarun.auth.session.ttl.seconds", "299")]
    [InlineData("medatarun.auth.session.ttl.seconds", "31536001")]
    [InlineData("medatarun.auth.registration", "Open")]
    [InlineData("medatarun.auth.registration", "true")]
    [InlineData("medatarun.storage.engine", "postgresql")]
    public void A_bad_value_is_refused_with_its_key_and_its_origin(string key, string value)
    {
        var failure = Assert.Throws<StartFailureException>(() => Read([], [new(key, value)]));

        Assert.Equal(ServerExitCode.Usage, failure.ExitCode);
        Assert.StartsWith($"{key} must be", failure.Message, StringComparison.Ordinal);
        Assert.Contains("command line", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bootstrap_secret_that_is_too_short_is_refused_without_showing_it()
    {
        var failure = Assert.Throws<StartFailureException>(
            () => Read([new("MEDATARUN_AUTH_BOOTSTRAP_SECRET", "nineteen-characters")], []));
        Assert.Contains("medatarun.auth.bootstrap.secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nineteen-characters", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_value_is_refused_also_where_a_higher_source_replaces_it()
    {
        WriteFile("medatarun.server.port=many");
        Assert.Throws<StartFailureException>(() => Read([], [new("medatarun.server.port", "1003")]));
    }

    private void WriteFile(string text)
    {
        Directory.CreateDirectory(home.At("config"));
        File.WriteAllText(ConfigurationReader.FilePath(home.Path), text);
    }

    private ConfigurationValues Read(KeyValuePair<string, string>[] environment, KeyValuePair<string, string>[] arguments) =>
        ConfigurationReader.Read(home.Path, environment, arguments);
}
