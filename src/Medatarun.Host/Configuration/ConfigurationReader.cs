using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Configuration;

/// <summary>Reads the configuration: the file, over it the environment, over that the command line.</summary>
internal static class ConfigurationReader
{
    private const string CommandLine = "the command line";

    /// <summary>Where the file is, under the home.</summary>
    public static string FilePath(string home) => Path.Combine(home, "config", "medatarun.properties");

    /// <summary>Reads and checks everything.</summary>
    /// <param name="home">The home.</param>
    /// <param name="environment">The environment's variables.</param>
    /// <param name="arguments">Keys and values of the command line.</param>
    /// <exception cref="StartFailureException">An unknown key, a bad value, or a file that cannot be read.</exception>
    public static ConfigurationValues Read(
        string home, IEnumerable<KeyValuePair<string, string>> environment, IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        var file = FilePath(home);
        var written = FromFile(file);
        var variables = FromEnvironment(environment);
        var keys = new KnownKeys(Issuers(written, variables, arguments));
        var values = new ConfigurationValues(keys.Issuers);
        values.Take(written.Select(pair => With(keys.Find(pair.Key, file), pair.Value)), _ => file);
        values.Take(
            variables.Select(pair => With(keys.FindVariable(pair.Key), pair.Value)), key => $"the environment variable {key.EnvironmentName}");
        values.Take(arguments.Select(pair => With(keys.Find(pair.Key, CommandLine), pair.Value)), _ => CommandLine);
        return values;
    }

    // Read before everything else, because it says which other keys there are; a value that is not good is refused with the others.
    private static IReadOnlyList<TrustedIssuerKeys> Issuers(
        IReadOnlyList<KeyValuePair<string, string>> written,
        IReadOnlyList<KeyValuePair<string, string>> variables,
        IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        var key = ConfigurationKeys.TrustedIssuers;
        var value = arguments.LastOrDefault(pair => pair.Key == key.Name).Value
            ?? variables.LastOrDefault(pair => pair.Key == key.EnvironmentName).Value
            ?? written.LastOrDefault(pair => pair.Key == key.Name).Value;
        return value is null ? [] : [.. TrustedIssuerKeys.List(value).Distinct(StringComparer.Ordinal).Select(name => new TrustedIssuerKeys(name))];
    }

    private static IReadOnlyList<KeyValuePair<string, string>> FromFile(string path)
    {
        try
        {
            // Other programs' keys in the same file are theirs.
            return File.Exists(path)
                ? [.. PropertiesFile.Parse(File.ReadAllText(path))
                    .Where(pair => pair.Key.StartsWith(ConfigurationKeys.Prefix, StringComparison.Ordinal))]
                : [];
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(ServerExitCode.Usage, $"The configuration file {path} cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> FromEnvironment(IEnumerable<KeyValuePair<string, string>> environment) =>
    [
        .. from variable in environment
           where variable.Key.StartsWith(ConfigurationKeys.EnvironmentPrefix, StringComparison.Ordinal)
           where !ConfigurationKeys.OtherVariables.Contains(variable.Key)
           // Shells and pipelines leave empty variables behind where they mean none.
           where variable.Value.Length > 0
           select variable,
    ];

    private static KeyValuePair<ConfigurationKey, string> With(ConfigurationKey key, string value) => new(key, value);
}
