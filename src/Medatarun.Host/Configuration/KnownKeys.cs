using Medatarun.Contracts.ServerProcess;

namespace Medatarun.Host.Configuration;

/// <summary>Every key that this configuration can have: the fixed ones, and those of the trusted issuers that it lists.</summary>
internal sealed class KnownKeys
{
    private readonly IReadOnlyList<ConfigurationKey> all;

    /// <param name="issuers">The trusted issuers that are listed.</param>
    public KnownKeys(IReadOnlyList<TrustedIssuerKeys> issuers)
    {
        Issuers = issuers;
        all = [.. ConfigurationKeys.All, .. issuers.SelectMany(issuer => issuer.All)];
    }

    public IReadOnlyList<TrustedIssuerKeys> Issuers { get; }

    /// <summary>The key of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="origin">Where it stands.</param>
    /// <exception cref="StartFailureException">There is no such key.</exception>
    public ConfigurationKey Find(string name, string origin) =>
        all.FirstOrDefault(key => key.Name == name)
        ?? throw Failure(
            name, IsOfStranger(name, TrustedIssuerKeys.Prefix, key => key.Name), $"There is no configuration key '{name}' (from {origin})", key => key.Name);

    /// <summary>The key of an environment variable.</summary>
    /// <param name="name">The variable.</param>
    /// <exception cref="StartFailureException">There is no such key.</exception>
    public ConfigurationKey FindVariable(string name) =>
        all.FirstOrDefault(key => key.EnvironmentName == name)
        ?? throw Failure(
            name, IsOfStranger(name, ConfigurationKey.EnvironmentNameOf(TrustedIssuerKeys.Prefix), key => key.EnvironmentName),
            $"There is no configuration key for the environment variable '{name}'", key => key.EnvironmentName,
            ConfigurationKeys.OtherVariables);

    // Of a listed one, it is a key that was not spelled right.
    private bool IsOfStranger(string name, string prefix, Func<ConfigurationKey, string> nameOf) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && !Issuers.Any(issuer => nameOf(issuer.Jwks) is var jwks && name.StartsWith(jwks[..^"jwks".Length], StringComparison.Ordinal));

    private StartFailureException Failure(
        string name, bool isOfStranger, string sentence, Func<ConfigurationKey, string> nameOf, IReadOnlyList<string>? others = null) => new(
            ServerExitCode.Usage,
            isOfStranger
                ? $"{sentence}: it is about a trusted issuer, and {ConfigurationKeys.TrustedIssuers.Name} lists "
                    + (Issuers.Count == 0 ? "none." : $"{string.Join(", ", Issuers.Select(issuer => $"'{issuer.Name}'"))}.")
                : sentence + NearestName.Hint(name, all.Select(nameOf).Concat(others ?? [])));
}
