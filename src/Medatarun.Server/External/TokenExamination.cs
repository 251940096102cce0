using System.Text.Json;
using Medatarun.Server.Audit;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.External;

/// <summary>A token on its way through the steps, and what they found so far. A step relies on those before it.</summary>
internal sealed class TokenExamination(JwtText? text, string? fault, DateTimeOffset now)
{
    private const int MaxShownLength = 100;
    private const int MaxShownValues = 10;

    /// <summary>Why the text is no token; null when it is one.</summary>
    public string? Fault { get; } = text is null ? fault ?? "" : ExternalTokenShape.FaultOf(text);

    public DateTimeOffset Now { get; } = now;

    /// <summary>The token, from the first step on.</summary>
    public JwtText Text => text ?? throw new InvalidOperationException("There is no token to look at.");

    public string Algorithm => JsonText.Of(Text.Header, "alg") ?? "";

    public string? KeyId => JsonText.Of(Text.Header, "kid");

    public string? Type => JsonText.Of(Text.Header, "typ");

    public string Subject => JsonText.Of(Text.Payload, "sub") ?? "";

    /// <summary>The audiences, whether they are a text or a list.</summary>
    public IReadOnlyList<string> Audiences =>
        !Text.Payload.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind == JsonValueKind.Array ? [.. audience.EnumerateArray().Select(JsonText.Of).OfType<string>()]
        : [JsonText.Of(audience) ?? ""];

    /// <summary>The issuer, once it was found.</summary>
    public TrustedIssuer? Issuer { get; set; }

    /// <summary>What is known of its keys, once they were asked for.</summary>
    public KeyLookup Keys { get; set; }

    /// <summary>The key, once it was found.</summary>
    public IssuerKey? Key { get; set; }

    /// <summary>A time in the payload; null when it is not there.</summary>
    public DateTimeOffset? Time(string claim) =>
        Text.Payload.TryGetProperty(claim, out var value) ? ExternalTokenShape.Time(value) : null;

    /// <summary>Text from a token as an administrator may see it: short, and nothing in it that a terminal acts on.</summary>
    public static string Shown(string? text) => text is null ? "nothing" : $"'{VisibleText.Of(text, MaxShownLength)}'";

    /// <summary>Several of them.</summary>
    public static string Shown(IEnumerable<string> texts)
    {
        var shown = texts.Take(MaxShownValues + 1).Select(Shown).ToList();
        return shown.Count == 0 ? "nothing"
            : shown.Count > MaxShownValues ? string.Join(", ", shown.Take(MaxShownValues)) + ", …"
            : string.Join(", ", shown);
    }
}
