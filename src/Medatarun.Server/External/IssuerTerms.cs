using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>What requests say of an issuer, checked in one place for those that make one and those that change one.</summary>
internal static class IssuerTerms
{
    /// <summary>The refusal of addresses, algorithms or audiences that cannot be taken, or null; what is left out is good.</summary>
    public static Problem? Check(
        string? jwks, string? authority, IReadOnlyList<string>? algorithms, IReadOnlyList<string>? audiences) =>
        jwks is not null && authority is not null ? Refuse("authority", "Give 'jwks' or 'authority', and not both.")
        : jwks is not null && !TrustedIssuerRules.IsJwks(jwks) ? Refuse("jwks", $"'jwks' must be {TrustedIssuerRules.JwksRequirement}.")
        : authority is not null && !TrustedIssuerRules.IsAuthority(authority)
            ? Refuse("authority", $"'authority' must be {TrustedIssuerRules.AuthorityRequirement}.")
        : algorithms is not null && !TrustedIssuerRules.AreAlgorithms(algorithms)
            ? Refuse("algorithms", $"'algorithms' must be {TrustedIssuerRules.AlgorithmRequirement}.")
        : audiences is not null && !TrustedIssuerRules.AreAudiences(audiences)
            ? Refuse("audiences", $"'audiences' must be {TrustedIssuerRules.AudienceRequirement}.")
        : null;

    /// <summary>The algorithms, each once; the default for none.</summary>
    public static IReadOnlyList<string> Algorithms(IReadOnlyList<string>? algorithms) =>
        algorithms is { Count: > 0 } ? [.. algorithms.Distinct(StringComparer.Ordinal)] : [TrustedIssuerRules.DefaultAlgorithm];

    /// <summary>The audiences, each once.</summary>
    public static IReadOnlyList<string> Audiences(IReadOnlyList<string>? audiences) =>
        [.. (audiences ?? []).Distinct(StringComparer.Ordinal)];

    public static Problem Refuse(string member, string detail) => Problem.OfMember(IssuerProblems.BadIssuer, member, detail);
}
