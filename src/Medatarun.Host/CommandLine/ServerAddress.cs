using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.ServerProcess;
using Medatarun.Host.Configuration;

namespace Medatarun.Host.CommandLine;

/// <summary>Which server the command line speaks to, and as whom.</summary>
internal static class ServerAddress
{
    /// <summary>Makes the connection that the environment describes.</summary>
    /// <param name="environment">Reads a variable; null when it is not set.</param>
    /// <param name="timeout">The longest that one request may take. Default: as the connection has it.</param>
    /// <exception cref="MedatarunException">The address is not one that can be used.</exception>
    public static MedatarunConnection Connect(Func<string, string?> environment, TimeSpan? timeout = null)
    {
        var options = new ConnectionOptions { UserAgent = "medatarun-cli" };
        var connection = new MedatarunConnection(Url(environment), timeout is { } longest ? options with { Timeout = longest } : options);
        return environment(ConfigurationKeys.TokenVariable) is { Length: > 0 } token
            ? connection.WithToken(new Secret(token.Trim()))
            : connection;
    }

    private static Uri Url(Func<string, string?> environment)
    {
        if (environment(ConfigurationKeys.PublicBaseUrl.EnvironmentName) is { Length: > 0 } configured)
        {
            return Uri.TryCreate(configured, UriKind.Absolute, out var url)
                ? url
                : throw Bad(ConfigurationKeys.PublicBaseUrl);
        }

        var host = environment(ConfigurationKeys.Host.EnvironmentName) ?? "localhost";
        var port = environment(ConfigurationKeys.Port.EnvironmentName) ?? $"{ServerConfiguration.DefaultPort}";
        return !ConfigurationKeys.Host.IsGood(host) ? throw Bad(ConfigurationKeys.Host)
            : !ConfigurationKeys.Port.IsGood(port) ? throw Bad(ConfigurationKeys.Port)
            : ToUrl(new ListenAddress(host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static Uri ToUrl(ListenAddress address) => address.ToUrl(address.Port);

    private static StartFailureException Bad(ConfigurationKey key) =>
        new(ServerExitCode.Usage, $"The environment variable {key.EnvironmentName} must be {key.Requirement}.");
}
