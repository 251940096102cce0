using System.Globalization;
using System.Net;
using Medatarun.Contracts;
using Medatarun.Server;

namespace Medatarun.Host.Configuration;

/// <summary>The configuration in the types that the program works with. Null means the server's own default.</summary>
internal sealed record ServerConfiguration
{
    public const int DefaultPort = 8080;

    public const string DefaultHost = "127.0.0.1";

    public required ListenAddress Listen { get; init; }

    /// <summary>Whose word about clients is taken. Default: nobody's.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public Uri? PublicBaseUrl { get; init; }

    public Secret? BootstrapSecret { get; init; }

    public string? Issuer { get; init; }

    public string? Audience { get; init; }

    public TimeSpan? AccessTokenLifetime { get; init; }

    public int? PasswordIterations { get; init; }

    public PasswordHashing PasswordHashing { get; init; }

    public TimeSpan? RefreshTokenLifetime { get; init; }

    public TimeSpan? SessionLifetime { get; init; }

    public RegistrationMode? Registration { get; init; }

    /// <summary>The full path of the document that a server that has nobody yet starts with. Default: it starts empty.</summary>
    public string? StateFile { get; init; }

    public IReadOnlyList<TrustedIssuerOptions> TrustedIssuers { get; init; } = [];

    public TimeSpan? JwksCacheDuration { get; init; }

    /// <exception cref="StartFailureException">Values that are good one by one do not go together.</exception>
    public static ServerConfiguration From(ConfigurationValues values) => new()
    {
        Listen = new ListenAddress(
            values[ConfigurationKeys.Host] ?? DefaultHost,
            Number(values[ConfigurationKeys.Port]) ?? DefaultPort),
        TrustedProxies = values[ConfigurationKeys.TrustedProxies] is { } proxies ? ProxyList.Read(proxies) : [],
        PublicBaseUrl = values[ConfigurationKeys.PublicBaseUrl] is { } url ? new Uri(url) : null,
        BootstrapSecret = Secret.From(values[ConfigurationKeys.BootstrapSecret]),
        StateFile = values[ConfigurationKeys.StateFile] is { } path ? Path.GetFullPath(path) : null,
        Issuer = values[ConfigurationKeys.Issuer],
        Audience = values[ConfigurationKeys.Audience],
        PasswordIterations = Number(values[ConfigurationKeys.PasswordIterations]),
        PasswordHashing = values[ConfigurationKeys.PasswordHashing] == "framework" ? PasswordHashing.Framework : PasswordHashing.Auto,
        AccessTokenLifetime = Seconds(values[ConfigurationKeys.TokenSeconds]),
        RefreshTokenLifetime = Seconds(values[ConfigurationKeys.RefreshTokenSeconds]),
        SessionLifetime = Seconds(values[ConfigurationKeys.SessionSeconds]),
        TrustedIssuers = TrustedIssuerList.Read(values),
        JwksCacheDuration = Seconds(values[ConfigurationKeys.JwksCacheSeconds]),
        Registration = values[ConfigurationKeys.Registration] is { } registration
            ? registration == ConfigurationKeys.Open ? RegistrationMode.Open : RegistrationMode.Closed
            : null,
    };

    private static TimeSpan? Seconds(string? value) => Number(value) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static int? Number(string? value) => value is null ? null : int.Parse(value, CultureInfo.InvariantCulture);
}
