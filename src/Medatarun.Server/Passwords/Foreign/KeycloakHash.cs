using System.Security.Cryptography;
using System.Text.Json;

namespace Medatarun.Server.Passwords.Foreign;

/// <summary>
/// Keycloak: the credential of a realm's export, a JSON object whose members <c>credentialData</c> (algorithm, iterations) and
/// <c>secretData</c> (salt, hash) hold JSON again, as text.
/// </summary>
internal static class KeycloakHash
{
    private const int MaxDepth = 8;

    /// <summary>Reads the form; null when it is another one.</summary>
    public static PasswordHash? Parse(string text)
    {
        if (!IsObject(text))
        {
            return null;
        }

        try
        {
            using var credential = Read(text);
            using var data = Inner(credential, "credentialData");
            using var secret = Inner(credential, "secretData");
            return data is not null && secret is not null ? Read(data.RootElement, secret.RootElement) : null;
        }
        catch (Exception exception) when (IsFaultOfText(exception))
        {
            return null;
        }
    }

    /// <summary>The algorithm that a credential names; null when it is none.</summary>
    public static string? AlgorithmOf(string text)
    {
        if (!IsObject(text))
        {
            return null;
        }

        try
        {
            using var credential = Read(text);
            using var data = Inner(credential, "credentialData");
            return data is not null ? Text(data.RootElement, "algorithm") : null;
        }
        catch (Exception exception) when (IsFaultOfText(exception))
        {
            return null;
        }
    }

    private static PasswordHash? Read(JsonElement data, JsonElement secret)
    {
        HashAlgorithmName? algorithm = Text(data, "algorithm") switch
        {
            "pbkdf2" => HashAlgorithmName.SHA1,
            "pbkdf2-sha256" => HashAlgorithmName.SHA256,
            "pbkdf2-sha512" => HashAlgorithmName.SHA512,
            _ => null,
        };
        return algorithm is { } known
            && data.TryGetProperty("hashIterations", out var number)
            && number.TryGetInt32(out var iterations)
            && Text(secret, "salt") is { } salt && PasswordHash.TryDecode(salt) is { } saltBytes
            && Text(secret, "value") is { } value && PasswordHash.TryDecode(value) is { } hash
                ? new PasswordHash(known, iterations, saltBytes, hash)
                : null;
    }

    // As text in an export; as an object where somebody has read it already.
    private static JsonDocument? Inner(JsonDocument credential, string name)
    {
        if (!credential.RootElement.TryGetProperty(name, out var member))
        {
            return null;
        }

        var inner = Read(member.ValueKind == JsonValueKind.String ? member.GetString()! : member.GetRawText());
        if (inner.RootElement.ValueKind == JsonValueKind.Object)
        {
            return inner;
        }

        inner.Dispose();
        return null;
    }

    private static bool IsObject(string text) => text.AsSpan().TrimStart() is ['{', ..];

    private static JsonDocument Read(string text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });

    // Not JSON, a member of another type, half a surrogate pair as an escape, or one as it is.
    private static bool IsFaultOfText(Exception exception) => exception is JsonException or InvalidOperationException or ArgumentException;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
