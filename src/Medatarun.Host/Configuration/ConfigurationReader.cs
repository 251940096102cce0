using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Configuration;

/// <summary>Reads the configuration: the file, over it the environment, over that the command line.</summary>
internal static class ConfigurationReader
{
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
        var values = new ConfigurationValues();
        values.Take(FromFile(file), _ => file);
        values.Take(FromEnvironment(environment), key => $"the environment variable {key.EnvironmentName}");
        values.Take(arguments.Select(pair => new KeyValuePair<ConfigurationKey, string>(Find(pair.Key, "the command line"), pair.Value)), _ => "the command line");
        return values;
    }

    private static List<KeyValuePair<ConfigurationKey, string>> FromFile(string path)
    {
        try
        {
            // Other programs' keys in the same file are theirs.
            return File.Exists(path)
                ? [.. PropertiesFile.Parse(File.ReadAllText(path))
                    .Where(pair => pair.Key.StartsWith(ConfigurationKeys.Prefix, StringComparison.Ordinal))
                    .Select(pair => new KeyValuePair<ConfigurationKey, string>(Find(pair.Key, path), pair.Value))]
                : [];
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(ServerExitCode.Usage, $"The configuration file {path} cannot be read: {exception.Message.TrimEnd('.')}.");
        }
    }

    private static IEnumerable<KeyValuePair<ConfigurationKey, string>> FromEnvironment(IEnumerable<KeyValuePair<string, string>> environment) =>
        from variable in environment
        where variable.Key.StartsWith(ConfigurationKeys.EnvironmentPrefix, StringComparison.Ordinal)
        where !ConfigurationKeys.OtherVariables.Contains(variable.Key)
        // Shells and pipelines leave empty variables behind where they mean none.
        where variable.Value.Length > 0
        select new KeyValuePair<ConfigurationKey, string>(FindVariable(variable.Key), variable.Value);

    private static ConfigurationKey Find(string name, string origin) =>
        ConfigurationKeys.All.FirstOrDefault(key => key.Name == name)
        ?? throw new StartFailureException(
            ServerExitCode.Usage,
            $"There is no configuration key '{name}' (from {origin}){NearestName.Hint(name, ConfigurationKeys.All.Select(key => key.Name))}");

    private static ConfigurationKey FindVariable(string name) =>
        ConfigurationKeys.All.FirstOrDefault(key => key.EnvironmentName == name)
        ?? throw new StartFailureException(
            ServerExitCode.Usage,
            $"There is no configuration key for the environment variable '{name}'"
            + NearestName.Hint(name, ConfigurationKeys.All.Select(key => key.EnvironmentName).Concat(ConfigurationKeys.OtherVariables)));
}
