using Medatarun.Server;

namespace Medatarun.Host.Configuration;

/// <summary>
/// The keys of one trusted issuer: <c>medatarun.auth.jwt.trusted.issuer.NAME.…</c>. Which names there are says
/// <see cref="ConfigurationKeys.TrustedIssuers"/>.
/// </summary>
internal sealed class TrustedIssuerKeys
{
    public const string Prefix = "medatarun.auth.jwt.trusted.issuer.";

    // What stands for the name in help.
    private const string Placeholder = "NAME";

    public TrustedIssuerKeys(string name)
    {
        Name = name;
        Issuer = new(
            $"{Prefix}{name}.issuer", "the 'iss' of its tokens; its authority when left out", TrustedIssuerRules.IssuerRequirement,
            TrustedIssuerRules.IsIssuer);
        Jwks = new($"{Prefix}{name}.jwks", "where its keys are", TrustedIssuerRules.JwksRequirement, TrustedIssuerRules.IsJwks);
        Authority = new(
            $"{Prefix}{name}.authority", "where it is, to find its keys by discovery; instead of .jwks",
            TrustedIssuerRules.AuthorityRequirement, TrustedIssuerRules.IsAuthority);
        Algorithms = new(
            $"{Prefix}{name}.algorithms", "the algorithms that are accepted, separated by commas; RS256 when left out",
            TrustedIssuerRules.AlgorithmRequirement, value => TrustedIssuerRules.AreAlgorithms(List(value)));
        Audiences = new(
            $"{Prefix}{name}.audiences", "the audiences of which a token must have one, separated by commas; not looked at when left out",
            TrustedIssuerRules.AudienceRequirement, value => TrustedIssuerRules.AreAudiences(List(value)));
        RuleRequired = new(
            $"{Prefix}{name}.rule.required", "whether only tokens that a rule fits are accepted; false when left out",
            "'true' or 'false'", value => value is "true" or "false");
        All = [Issuer, Jwks, Authority, Algorithms, Audiences, RuleRequired];
    }

    /// <summary>The keys as help shows them.</summary>
    public static TrustedIssuerKeys Example { get; } = new(Placeholder);

    public string Name { get; }

    public ConfigurationKey Issuer { get; }

    public ConfigurationKey Jwks { get; }

    public ConfigurationKey Authority { get; }

    public ConfigurationKey Algorithms { get; }

    public ConfigurationKey Audiences { get; }

    public ConfigurationKey RuleRequired { get; }

    public IReadOnlyList<ConfigurationKey> All { get; }

    /// <summary>The parts of a value that is a list.</summary>
    public static IReadOnlyList<string> List(string value) => value.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The names of a list, each once and of the right form.</summary>
    public static bool AreNames(string value)
    {
        var names = List(value);
        return names.All(TrustedIssuerRules.IsName)
            // Two names that one environment variable would stand for cannot be told apart there.
            && names.Select(name => new TrustedIssuerKeys(name).Issuer.EnvironmentName).Distinct(StringComparer.Ordinal).Count() == names.Count;
    }
}
