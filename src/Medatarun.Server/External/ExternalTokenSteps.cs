using System.Globalization;
using System.Text;
using Medatarun.Contracts.Problems;
using static Medatarun.Server.External.TokenExamination;

namespace Medatarun.Server.External;

/// <summary>What is looked at in an external token and needs nothing but the token and its issuer.</summary>
internal static class ExternalTokenSteps
{
    /// <summary>How far the clocks of an issuer and this server may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const int MaxSubjectLength = 255;

    public static Finding Format(TokenExamination token) =>
        token.Fault is null
            ? Finding.Good(static _ => "It is a signed JSON Web Token.")
            : Finding.Bad(static token => token.Fault!);

    public static Finding Algorithm(TokenExamination token) =>
        token.Issuer!.Algorithms.Contains(token.Algorithm, StringComparer.Ordinal)
            ? Finding.Good(static token => $"It is signed with {token.Algorithm}, which the issuer takes.")
            : Finding.Bad(static token =>
                $"It is signed with {Shown(token.Algorithm)}, and the issuer takes {Shown(token.Issuer!.Algorithms)}.");

    /// <summary>Why there is no key.</summary>
    public static string NoKey(TokenExamination token)
    {
        var known = token.Keys.Keys!.Keys;
        var why =
            known.Count == 0 ? "The issuer has no key that can be used: RSA of 2,048 bits or more, P-256 or P-384, meant for signatures."
            : token.KeyId is null ? $"It names no key, and the issuer has none or several that fit {Shown(token.Algorithm)}."
            : known.Any(key => key.Id == token.KeyId) ? $"The key {Shown(token.KeyId)} of the issuer is not for {Shown(token.Algorithm)}, or there are two of it."
            : $"The issuer has no key {Shown(token.KeyId)}: it has {Shown(known.Select(key => key.Id ?? "(without id)"))}.";
        return token.Keys.Failure is { } failure ? $"{why} Fetching its keys failed last time. {failure}" : why;
    }

    // RFC 8725 §3.11: what the issuer signed as another kind of token (a logout token, a DPoP proof) was not meant for us.
    // RFC 7800: nor was what it bound to a key that we do not look at.
    public static Finding Type(TokenExamination token) =>
        token.Text.Payload.TryGetProperty("cnf", out _)
            ? Finding.Bad(static _ => "It is bound to a key of its holder ('cnf'), which is not looked at here: ask the issuer for a token that is not.")
        : token.Type is null || IsTaken(token.Type)
            ? Finding.Good(static token => $"Its type is {Shown(token.Type)}.")
            : Finding.Bad(static token => $"Its type is {Shown(token.Type)}, and 'JWT', 'at+jwt' or none is taken.");

    public static Finding Audience(TokenExamination token) =>
        token.Issuer!.Audiences.Count == 0
            ? Finding.Good(static _ => "The issuer names no audience, so that it is not looked at.")
        : token.Audiences.Any(audience => token.Issuer.Audiences.Contains(audience, StringComparer.Ordinal))
            ? Finding.Good(static token => $"It is for {Shown(token.Audiences)}.")
            : Finding.Bad(static token => $"The token is for {Shown(token.Audiences)}, and the issuer takes {Shown(token.Issuer!.Audiences)}.");

    public static Finding Subject(TokenExamination token) =>
        token.Subject.Length is > 0 and <= MaxSubjectLength && !token.Subject.EnumerateRunes().Any(IsHidden)
            ? Finding.Good(static token => $"Its subject is {Shown(token.Subject)}.")
            : Finding.Bad(static token =>
                $"Its subject is {Shown(token.Subject)}: it must have 1 to {MaxSubjectLength} characters, and none that cannot be seen.");

    public static Finding Time(TokenExamination token) =>
        token.Time("nbf") > token.Now + Skew
            ? Finding.Bad(static token => $"It begins at {Moment(token.Time("nbf")!.Value)}, and here it is {Moment(token.Now)}.")
        : token.Time("iat") > token.Now + Skew
            ? Finding.Bad(static token => $"It was made at {Moment(token.Time("iat")!.Value)}, and here it is {Moment(token.Now)}: compare the clocks.")
        : token.Time("exp") + Skew <= token.Now
            ? Finding.Bad(
                static token => $"It ended at {Moment(token.Time("exp")!.Value)}, and here it is {Moment(token.Now)}.", ProblemCatalogue.TokenExpired)
        : Finding.Good(static token => $"It ends at {Moment(token.Time("exp")!.Value)}.");

    private static bool IsTaken(string type) =>
        type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
