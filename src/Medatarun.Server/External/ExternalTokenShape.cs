using System.Text.Json;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.External;

/// <summary>What the members of an external token must look like, before anything of them is believed.</summary>
internal static class ExternalTokenShape
{
    // The beginning of the year 9999, so that an allowance still fits behind it.
    private const double LastSecond = 253_370_764_800;

    /// <summary>What is wrong with a token's form; null when it can be looked at.</summary>
    public static string? FaultOf(JwtText text) => HeaderFault(text.Header) ?? PayloadFault(text.Payload);

    /// <summary>A time as tokens have it (RFC 7519 §2, NumericDate); null when it is none.</summary>
    public static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= LastSecond
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Floor(seconds * 1000))
            : null;

    private static string? HeaderFault(JsonElement header) =>
        // RFC 7515 §4.1.11: what must be understood, and is not, refuses the token. There is nothing of that kind that is understood here.
        header.TryGetProperty("crit", out _) ? "Its header asks for what is not understood here ('crit')."
        : !IsText(header, "alg", required: true) ? "Its header has no 'alg' that is a text."
        : !IsText(header, "kid") ? "The 'kid' of its header is no text."
        : !IsText(header, "typ") ? "The 'typ' of its header is no text."
        : null;

    private static string? PayloadFault(JsonElement payload) =>
        !IsText(payload, "iss", required: true) ? "It has no 'iss' that is a text."
        : !IsText(payload, "sub", required: true) ? "It has no 'sub' that is a text."
        : !IsTextOrTexts(payload, "aud") ? "Its 'aud' is neither a text nor a list of texts."
        : !IsTime(payload, "exp", required: true) ? "It has no 'exp' that is a time: a number of seconds since 1970."
        : !IsTime(payload, "nbf") ? "Its 'nbf' is no time: a number of seconds since 1970."
        : !IsTime(payload, "iat") ? "Its 'iat' is no time: a number of seconds since 1970."
        : null;

    private static bool IsText(JsonElement element, string member, bool required = false) =>
        element.TryGetProperty(member, out var value) ? JsonText.Of(value) is not null : !required;

    private static bool IsTime(JsonElement element, string member, bool required = false) =>
        element.TryGetProperty(member, out var value) ? Time(value) is not null : !required;

    private static bool IsTextOrTexts(JsonElement element, string member) =>
        !element.TryGetProperty(member, out var value)
        || (value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().All(one => JsonText.Of(one) is not null)
            : JsonText.Of(value) is not null);
}
