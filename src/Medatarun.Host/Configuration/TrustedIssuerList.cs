using Medatarun.Contracts.ServerProcess;
using Medatarun.Server;

namespace Medatarun.Host.Configuration;

/// <summary>The trusted issuers of the configuration, and what must be true of them together.</summary>
internal static class TrustedIssuerList
{
    /// <summary>Reads good values.</summary>
    /// <exception cref="StartFailureException">An issuer lacks what is needed, or two are one; the sentence names the key.</exception>
    public static IReadOnlyList<TrustedIssuerOptions> Read(ConfigurationValues values)
    {
        var own = values[ConfigurationKeys.Issuer] ?? new MedatarunServerOptions().Issuer;
        var issuers = new List<TrustedIssuerOptions>();
        foreach (var keys in values.Issuers)
        {
            var issuer = Read(values, keys);
            if (issuer.TokenIssuer == own)
            {
                throw Failure(keys.Issuer, "must not be the server's own issuer, whose tokens are accepted already");
            }

            if (issuers.Find(other => other.TokenIssuer == issuer.TokenIssuer) is { } same)
            {
                throw Failure(keys.Issuer, $"must not be that of '{same.Name}': '{issuer.TokenIssuer}' is trusted once");
            }

            issuers.Add(issuer);
        }

        return issuers;
    }

    private static TrustedIssuerOptions Read(ConfigurationValues values, TrustedIssuerKeys keys)
    {
        var (jwks, authority) = (values[keys.Jwks], values[keys.Authority]);
        if (jwks is null && authority is null)
        {
            throw Failure(
                keys.Jwks, $"or {keys.Authority.Name} must say where the keys of '{keys.Name}' are, which {ConfigurationKeys.TrustedIssuers.Name} lists");
        }

        if (jwks is not null && authority is not null)
        {
            throw Failure(keys.Jwks, $"and {keys.Authority.Name} do not go together: the keys of '{keys.Name}' are at one place");
        }

        return new TrustedIssuerOptions
        {
            Name = keys.Name,
            Issuer = values[keys.Issuer] ?? authority ?? throw Failure(keys.Issuer, $"must be set together with {keys.Jwks.Name}"),
            Jwks = jwks,
            Authority = authority,
            Algorithms = values[keys.Algorithms] is { } algorithms ? TrustedIssuerKeys.List(algorithms) : [TrustedIssuerRules.DefaultAlgorithm],
            Audiences = values[keys.Audiences] is { } audiences ? TrustedIssuerKeys.List(audiences) : [],
            RuleRequired = values[keys.RuleRequired] == "true",
        };
    }

    private static StartFailureException Failure(ConfigurationKey key, string reason) => new(ServerExitCode.Usage, $"{key.Name} {reason}.");
}
