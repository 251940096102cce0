using System.Globalization;

namespace Medatarun.Host.Configuration;

/// <summary>Every key there is. One that is not here stops the start.</summary>
internal static class ConfigurationKeys
{
    public const string Prefix = "medatarun.";
    public const string EnvironmentPrefix = "MEDATARUN_";
    /// <summary>The value of <see cref="Registration"/> that lets people in.</summary>
    public const string Open = "open";

    public const string HomeVariable = "MEDATARUN_HOME";
    public const string TokenVariable = "MEDATARUN_AUTH_TOKEN";

    /// <summary>Variables with the product's prefix that are no configuration of the server.</summary>
    public static IReadOnlyList<string> OtherVariables { get; } =
        [HomeVariable, TokenVariable, "MEDATARUN_SERVER_PROGRAM", "MEDATARUN_ID_TOKEN", "MEDATARUN_TOKEN_FILE"];

    public static ConfigurationKey Host { get; } = new(
        "medatarun.server.host", "where to listen; 127.0.0.1, this machine alone, when left out",
        "an IP address, 'localhost', or '*' for every address", value => ListenAddress.IsGood(value));

    public static ConfigurationKey Port { get; } = new(
        "medatarun.server.port", "the port; 8080 when left out, 0 for any free one",
        "a whole number from 0 to 65535", value => InRange(value, 0, 65535));

    public static ConfigurationKey TrustedProxies { get; } = new(
        "medatarun.server.trusted.proxies", "the proxies that may say where their clients come from (X-Forwarded-For); none when left out",
        "IP addresses, or networks such as 10.0.0.0/8, separated by commas", ProxyList.IsGood);

    public static ConfigurationKey PublicBaseUrl { get; } = new(
        "medatarun.public.base.url", "how clients reach the server; made from host and port when left out",
        "an absolute http or https URL without query and fragment", IsBaseUrl);

    public static ConfigurationKey BootstrapSecret { get; } = new(
        "medatarun.auth.bootstrap.secret", "the one-time secret that makes the first administrator; generated when left out",
        "at least 20 characters", value => value.Length >= 20) { IsSecret = true };

    public static ConfigurationKey Issuer { get; } = new(
        "medatarun.auth.jwt.default.issuer", "who issues the tokens; urn:medatarun:internal when left out",
        "an absolute URI", value => Uri.TryCreate(value, UriKind.Absolute, out _));

    public static ConfigurationKey Audience { get; } = new(
        "medatarun.auth.jwt.default.audience", "for whom the tokens are; medatarun when left out",
        "1 to 200 characters without white space", value => value.Length is >= 1 and <= 200 && !value.Any(char.IsWhiteSpace));

    public static ConfigurationKey TokenSeconds { get; } = new(
        "medatarun.auth.jwt.default.ttl.seconds", "how long a token lives; 3600 seconds when left out",
        "a whole number of seconds from 60 to 86400", value => InRange(value, 60, 86400));

    public static ConfigurationKey RefreshTokenSeconds { get; } = new(
        "medatarun.auth.oauth.refresh.token.ttl.seconds",
        "how long a session goes on without a refresh; 2592000 seconds (30 days) when left out",
        "a whole number of seconds from 300 to 31536000", IsSessionLifetime);

    public static ConfigurationKey SessionSeconds { get; } = new(
        "medatarun.auth.session.ttl.seconds",
        "how long a session goes on however often it is refreshed; 7776000 seconds (90 days) when left out",
        "a whole number of seconds from 300 to 31536000", IsSessionLifetime);

    public static ConfigurationKey TrustedIssuers { get; } = new(
        "medatarun.auth.jwt.trusted.issuers", "what the issuers are called whose tokens are accepted; none when left out",
        "different names, separated by commas: lower case letters and digits, in parts joined by one '.', '_' or '-'",
        TrustedIssuerKeys.AreNames);

    public static ConfigurationKey JwksCacheSeconds { get; } = new(
        "medatarun.auth.jwt.jwks.cache.duration", "how long keys of trusted issuers are used before they are fetched again; 600 seconds when left out",
        "a whole number of seconds from 10 to 86400", value => InRange(value, 10, 86400));

    public static ConfigurationKey Registration { get; } = new(
        "medatarun.auth.registration", "whether people can make their own accounts; closed when left out",
        "'closed' or 'open'", value => value is "closed" or Open);

    public static ConfigurationKey PasswordIterations { get; } = new(
        "medatarun.auth.password.iterations", "the strength of new password hashes (PBKDF2-HMAC-SHA512); 220000 when left out",
        "a whole number from 220000 to 10000000", value => InRange(value, 220_000, 10_000_000));

    public static ConfigurationKey PasswordHashing { get; } = new(
        "medatarun.auth.password.hashing", "how password hashes are computed: 'auto' (several at once where the processor can) when left out",
        "'auto' or 'framework'", value => value is "auto" or "framework");

    public static ConfigurationKey StorageEngine { get; } = new(
        "medatarun.storage.engine", "where the data is kept; sqlite when left out",
        "'sqlite', the only engine of this version", value => value == "sqlite");

    public static ConfigurationKey StateFile { get; } = new(
        "medatarun.state.file", "the document that a server that has nobody yet starts with (a path, relative to the working directory); none when left out",
        "the path of a file", value => value.Trim().Length > 0 && !value.Any(char.IsControl));

    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        Host, Port, TrustedProxies, PublicBaseUrl, BootstrapSecret, Issuer, Audience, TokenSeconds, RefreshTokenSeconds, SessionSeconds,
        TrustedIssuers, JwksCacheSeconds, Registration, PasswordIterations, PasswordHashing, StorageEngine, StateFile,
    ];

    private static bool IsSessionLifetime(string value) => InRange(value, 300, 31_536_000);

    private static bool InRange(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;

    private static bool IsBaseUrl(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Query.Length == 0
        && url.Fragment.Length == 0
        && url.UserInfo.Length == 0;
}
