namespace Medatarun.Host.Configuration;

/// <summary>What was configured, each value with where it came from; every key known and every value good.</summary>
/// <param name="issuers">The keys of the trusted issuers that are listed.</param>
internal sealed class ConfigurationValues(IReadOnlyList<TrustedIssuerKeys> issuers)
{
    private readonly Dictionary<ConfigurationKey, string> values = [];

    /// <summary>The keys of the trusted issuers that are listed.</summary>
    public IReadOnlyList<TrustedIssuerKeys> Issuers { get; } = issuers;

    /// <summary>The value of a key; null when nothing says one.</summary>
    public string? this[ConfigurationKey key] => values.GetValueOrDefault(key);

    /// <summary>Takes a source over the ones before it.</summary>
    /// <param name="source">Names and values; the names are checked already.</param>
    /// <param name="origin">Says where a value came from, by key, for the message when it is bad.</param>
    public void Take(IEnumerable<KeyValuePair<ConfigurationKey, string>> source, Func<ConfigurationKey, string> origin)
    {
        foreach (var (key, value) in source)
        {
            if (!key.IsGood(value))
            {
                // The value of a secret must not be shown, not even a bad one.
                var shown = key.IsSecret ? "the value" : $"'{value}'";
                throw new StartFailureException(
                    Contracts.ServerProcess.ServerExitCode.Usage,
                    $"{key.Name} must be {key.Requirement}; {shown} from {origin(key)} is not.");
            }

            values[key] = value;
        }
    }
}
