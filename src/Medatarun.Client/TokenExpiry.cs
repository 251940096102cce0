using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Medatarun.Contracts;

namespace Medatarun.Client;

/// <summary>Reads when a JSON Web Token expires. Nothing is verified: that is the server's to do.</summary>
internal static class TokenExpiry
{
    public static DateTimeOffset? Read(Secret token)
    {
        var parts = token.Reveal().Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(parts[1])));
            return payload.RootElement.ValueKind == JsonValueKind.Object
                && payload.RootElement.TryGetProperty("exp", out var exp)
                && exp.ValueKind == JsonValueKind.Number
                && exp.TryGetInt64(out var seconds)
                && seconds is > 0 and < 253_402_300_800
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
