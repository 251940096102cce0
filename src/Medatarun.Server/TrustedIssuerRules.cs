using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;

namespace Medatarun.Server;

/// <summary>What may be said of a trusted issuer, whether the configuration says it or an operation.</summary>
public static class TrustedIssuerRules
{
    /// <summary>The algorithm that is accepted when none is named.</summary>
    public const string DefaultAlgorithm = "RS256";

    /// <summary>What a name must be, to stand in a sentence.</summary>
    public const string NameRequirement =
        "2 to 64 lower case letters and digits, in parts joined by one '.', '_' or '-', a letter first";

    /// <summary>What an issuer must be, to stand in a sentence.</summary>
    public const string IssuerRequirement = "1 to 500 characters without white space and control characters";

    /// <summary>What the address of keys must be, to stand in a sentence.</summary>
    public const string JwksRequirement =
        "an absolute https URL (http on this machine alone) without user and fragment, at most 500 characters";

    /// <summary>What an authority must be, to stand in a sentence.</summary>
    public const string AuthorityRequirement =
        "an absolute https URL (http on this machine alone) without user, query and fragment, at most 500 characters";

    /// <summary>What algorithms must be, to stand in a sentence.</summary>
    public const string AlgorithmRequirement = "of RS256, PS256, ES256 and ES384";

    /// <summary>What audiences must be, to stand in a sentence.</summary>
    public const string AudienceRequirement = "at most 20, each of 1 to 500 characters without white space and control characters";

    /// <summary>The algorithms that can be accepted.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = [DefaultAlgorithm, "PS256", "ES256", "ES384"];

    /// <summary>Whether an issuer can be called so.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => AccessKey.Parse(name).Problem is null;

    /// <summary>Whether this can be the <c>iss</c> of tokens.</summary>
    /// <param name="issuer">The issuer.</param>
    public static bool IsIssuer(string issuer) => IsWord(issuer);

    /// <summary>Whether keys can be fetched from there.</summary>
    /// <param name="address">The address of keys.</param>
    public static bool IsJwks(string address) =>
        IsWord(address)
        && Uri.TryCreate(address, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.UserInfo.Length == 0
        && url.Fragment.Length == 0
        && !address.Contains('#', StringComparison.Ordinal);

    /// <summary>Whether this can be asked by discovery: what names the document is put behind it.</summary>
    /// <param name="address">The authority.</param>
    public static bool IsAuthority(string address) => IsJwks(address) && !address.Contains('?', StringComparison.Ordinal);

    /// <summary>Whether these algorithms can be accepted; none is the default.</summary>
    /// <param name="algorithms">The algorithms.</param>
    public static bool AreAlgorithms(IEnumerable<string> algorithms) => algorithms.All(Algorithms.Contains);

    /// <summary>Whether these audiences can be asked for; none: they are not looked at.</summary>
    /// <param name="audiences">The audiences.</param>
    public static bool AreAudiences(IReadOnlyCollection<string> audiences) =>
        audiences.Count <= IssuerCreateRequest.MaxAudiences && audiences.All(IsWord);

    private static bool IsWord(string text) =>
        text.Length is > 0 and <= IssuerCreateRequest.MaxTextLength && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
}
