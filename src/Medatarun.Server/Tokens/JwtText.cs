using System.Buffers.Text;
using System.Text.Json;
using Medatarun.Server.External;

namespace Medatarun.Server.Tokens;

/// <summary>
/// A JSON Web Token in compact form, read strictly and not believed yet: three parts, each in the one way that base64url writes it, and
/// no member twice at any level (RFC 8725 §2.4, §3.10). What passes here is read the same way by whoever looks at it next.
/// </summary>
internal sealed class JwtText : IDisposable
{
    /// <summary>Ours are about 1 KiB, and with very many groups and the longest of names under this; whatever is longer is not worth parsing.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly JsonDocument header;
    private readonly JsonDocument payload;

    private JwtText(string value, JsonDocument header, JsonDocument payload, byte[] claims)
    {
        Value = value;
        this.header = header;
        this.payload = payload;
        Claims = claims;
    }

    /// <summary>The token.</summary>
    public string Value { get; }

    public JsonElement Header => header.RootElement;

    public JsonElement Payload => payload.RootElement;

    /// <summary>The payload as it was signed, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Claims { get; }

    /// <summary>The <c>iss</c>; null when there is none that is a text.</summary>
    public string? Issuer => JsonText.Of(Payload, "iss");

    /// <summary>Reads a token.</summary>
    /// <param name="token">What was sent.</param>
    /// <param name="fault">Why it is none; null when it is one.</param>
    public static JwtText? Read(string token, out string? fault)
    {
        fault = null;
        if (token.Length > MaxLength)
        {
            fault = $"It is longer than {MaxLength / 1024} KiB.";
            return null;
        }

        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            fault = "It is no signed JSON Web Token: that has three parts, with a '.' between them.";
            return null;
        }

        if (Decode(parts[0]) is not { } header || Decode(parts[1]) is not { } claims || Decode(parts[2]) is null)
        {
            fault = "A part of it is not base64url.";
            return null;
        }

        var headerJson = StrictJson.Object(header);
        var payloadJson = StrictJson.Object(claims);
        if (headerJson is null || payloadJson is null)
        {
            headerJson?.Dispose();
            payloadJson?.Dispose();
            fault = "Its header or its payload is no JSON object that can be read: malformed, too deep, or with a member twice.";
            return null;
        }

        return new JwtText(token, headerJson, payloadJson, claims);
    }

    public void Dispose()
    {
        header.Dispose();
        payload.Dispose();
    }

    // Only in the one way that an encoder writes it: padding, white space or stray bits would make several texts of one token.
    private static byte[]? Decode(string part)
    {
        if (!Base64Url.IsValid(part))
        {
            return null;
        }

        try
        {
            var bytes = Base64Url.DecodeFromChars(part);
            return Base64Url.EncodeToString(bytes) == part ? bytes : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
