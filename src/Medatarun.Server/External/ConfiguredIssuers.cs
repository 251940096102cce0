using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>
/// Brings the issuers of the configuration into the store, where they are like any other and cannot be changed. One that left the
/// configuration stays with its rules, disabled, until it comes back or somebody deletes it.
/// </summary>
internal static class ConfiguredIssuers
{
    /// <exception cref="MedatarunStartException">What is configured cannot be trusted; the message says what.</exception>
    public static void Check(MedatarunServerOptions options)
    {
        foreach (var issuer in options.TrustedIssuers)
        {
            Require(TrustedIssuerRules.IsName(issuer.Name), issuer, $"the name must have {TrustedIssuerRules.NameRequirement}");
            Require(issuer.Jwks is null != issuer.Authority is null, issuer, "either the address of its keys or its authority must be set");
            Require(issuer.Jwks is null || TrustedIssuerRules.IsJwks(issuer.Jwks), issuer, $"the address of its keys must be {TrustedIssuerRules.JwksRequirement}");
            Require(
                issuer.Authority is null || TrustedIssuerRules.IsAuthority(issuer.Authority), issuer,
                $"its authority must be {TrustedIssuerRules.AuthorityRequirement}");
            Require(
                issuer.TokenIssuer is { } name && TrustedIssuerRules.IsIssuer(name), issuer,
                $"its issuer must have {TrustedIssuerRules.IssuerRequirement}");
            Require(issuer.TokenIssuer != options.Issuer, issuer, "the server's own tokens are accepted already");
            Require(TrustedIssuerRules.AreAlgorithms(issuer.Algorithms), issuer, $"its algorithms must be {TrustedIssuerRules.AlgorithmRequirement}");
            Require(TrustedIssuerRules.AreAudiences(issuer.Audiences), issuer, $"its audiences must be {TrustedIssuerRules.AudienceRequirement}");
            Require(options.TrustedIssuers.Count(other => other.Name == issuer.Name) == 1, issuer, "there is another one of that name");
            Require(
                options.TrustedIssuers.Count(other => other.TokenIssuer == issuer.TokenIssuer) == 1, issuer,
                $"there is another one for tokens of '{issuer.TokenIssuer}'");
        }
    }

    /// <summary>Makes the store's issuers agree with the configuration.</summary>
    /// <param name="store">The open store.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="now">The moment of the start.</param>
    /// <exception cref="MedatarunStartException">A name stands for another issuer already, or the server took the name of one.</exception>
    public static Task AlignAsync(Store store, MedatarunServerOptions options, DateTimeOffset now) =>
        store.WriteAsync(transaction =>
        {
            if (TrustedIssuerQueries.FindByIssuer(transaction, options.Issuer) is { } impostor)
            {
                throw new MedatarunStartException(
                    $"The server cannot issue tokens as '{options.Issuer}', because tokens of that issuer are trusted as those of '{impostor.Name}'.");
            }

            foreach (var left in TrustedIssuerQueries.List(transaction).Where(issuer => issuer.Managed && !IsConfigured(options, issuer)))
            {
                TrustedIssuerQueries.Update(
                    transaction, left with { Managed = false, DisabledAt = left.DisabledAt ?? now, Version = Guid.CreateVersion7(now) });
            }

            foreach (var configured in options.TrustedIssuers)
            {
                Align(transaction, configured, now);
            }

            return true;
        });

    private static bool IsConfigured(MedatarunServerOptions options, TrustedIssuer issuer) =>
        options.TrustedIssuers.Any(configured => configured.TokenIssuer == issuer.Issuer);

    private static void Align(StoreTransaction transaction, TrustedIssuerOptions configured, DateTimeOffset now)
    {
        if (TrustedIssuerQueries.FindByName(transaction, configured.Name) is { } named && named.Issuer != configured.TokenIssuer)
        {
            Replace(transaction, named, configured);
        }

        // An issuer is its 'iss': one that is there by another name, or was made by an operation, is taken over with its rules.
        var known = TrustedIssuerQueries.FindByIssuer(transaction, configured.TokenIssuer!);
        var next = new TrustedIssuer
        {
            Id = known?.Id ?? Guid.CreateVersion7(now),
            Name = configured.Name,
            Issuer = configured.TokenIssuer!,
            Jwks = configured.Jwks,
            Authority = configured.Authority,
            Algorithms = IssuerTerms.Algorithms(configured.Algorithms),
            Audiences = IssuerTerms.Audiences(configured.Audiences),
            RuleRequired = configured.RuleRequired,
            Managed = true,
            CreatedAt = known?.CreatedAt ?? now,
            Version = Guid.CreateVersion7(now),
        };
        if (known is null)
        {
            TrustedIssuerQueries.Insert(transaction, next);
        }
        else
        {
            TrustedIssuerQueries.Update(transaction, next);
        }
    }

    // What rules were made for one issuer must not give roles to the tokens of another, because its name was taken.
    private static void Replace(StoreTransaction transaction, TrustedIssuer named, TrustedIssuerOptions configured)
    {
        if (IssuerRuleQueries.List(transaction, named.Id).Count > 0)
        {
            throw new MedatarunStartException(
                $"The trusted issuer '{named.Name}' has rules for tokens of '{named.Issuer}', and the configuration gives its name to "
                + $"'{configured.TokenIssuer}': give it another name, or delete those rules first.");
        }

        TrustedIssuerQueries.Delete(transaction, named);
    }

    private static void Require(bool condition, TrustedIssuerOptions issuer, string reason)
    {
        if (!condition)
        {
            throw new MedatarunStartException($"The trusted issuer '{issuer.Name}' cannot be used: {reason}.");
        }
    }
}
