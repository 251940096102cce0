using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.External;

/// <summary>A public key of an issuer, as far as it can be used to verify tokens.</summary>
internal sealed record IssuerKey
{
    private const int MinRsaBits = 2048;

    // Larger ones cost whoever verifies more than they add.
    private const int MaxRsaBits = 8192;

    private IssuerKey(string? id, SecurityKey key, IReadOnlyList<string> algorithms)
    {
        Id = id;
        Key = key;
        Algorithms = algorithms;
    }

    /// <summary>Its <c>kid</c>; null when it has none.</summary>
    public string? Id { get; }

    public SecurityKey Key { get; }

    /// <summary>The algorithms that it can be used with, by its type and by what it says itself.</summary>
    public IReadOnlyList<string> Algorithms { get; }

    /// <summary>
    /// A key of a JSON Web Key Set; null when it is of no use here: of another type, too short, broken, or meant for something else. Only
    /// public members are looked at.
    /// </summary>
    public static IssuerKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || !IsForSignatures(key))
        {
            return null;
        }

        try
        {
            return JsonText.Of(key, "kty") switch
            {
                "RSA" => Rsa(key),
                "EC" => Ec(key),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            // A point that is not on its curve, or a number with bits behind its end.
            return null;
        }
    }

    private static IssuerKey? Rsa(JsonElement key)
    {
        var modulus = Number(key, "n");
        var exponent = Number(key, "e");
        // An exponent of 1 makes any number its own signature, and an even one fits no key.
        return modulus is not null && exponent is not null
            && Bits(modulus) is >= MinRsaBits and <= MaxRsaBits
            && exponent.Length <= 4 && (exponent[^1] & 1) == 1 && !(exponent is [1])
                ? Of(
                    key,
                    new RsaSecurityKey(new RSAParameters { Modulus = modulus, Exponent = exponent }),
                    SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256)
                : null;
    }

    private static IssuerKey? Ec(JsonElement key) => JsonText.Of(key, "crv") switch
    {
        "P-256" => Ec(key, ECCurve.NamedCurves.nistP256, 32, SecurityAlgorithms.EcdsaSha256),
        "P-384" => Ec(key, ECCurve.NamedCurves.nistP384, 48, SecurityAlgorithms.EcdsaSha384),
        _ => null,
    };

    private static IssuerKey? Ec(JsonElement key, ECCurve curve, int length, string algorithm)
    {
        var x = Bytes(key, "x");
        var y = Bytes(key, "y");
        return x?.Length == length && y?.Length == length
            ? Of(key, new ECDsaSecurityKey(ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } })), algorithm)
            : null;
    }

    private static IssuerKey? Of(JsonElement element, SecurityKey key, params string[] algorithms)
    {
        var own = element.TryGetProperty("alg", out var member) ? JsonText.Of(element, "alg") ?? "" : null;
        string[] usable = own is null ? algorithms : [.. algorithms.Where(algorithm => algorithm == own)];
        if (usable.Length == 0 || (element.TryGetProperty("kid", out member) && JsonText.Of(member) is null))
        {
            return null;
        }

        // The library's default keeps verifiers for the whole process, by key id: those of an issuer's old key would stay.
        key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = true };
        key.KeyId = JsonText.Of(element, "kid");
        return new IssuerKey(key.KeyId, key, usable);
    }

    // RFC 7517 §4.2, §4.3.
    private static bool IsForSignatures(JsonElement key) =>
        (!key.TryGetProperty("use", out var use) || JsonText.Of(use) == "sig")
        && (!key.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(one => JsonText.Of(one) == "verify")));

    private static byte[]? Bytes(JsonElement key, string member) =>
        JsonText.Of(key, member) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    // Without the zeros that some put before it; null when nothing is left.
    private static byte[]? Number(JsonElement key, string member)
    {
        var bytes = Bytes(key, member);
        var start = bytes is null ? -1 : bytes.AsSpan().IndexOfAnyExcept((byte)0);
        return start < 0 ? null : bytes![start..];
    }

    private static int Bits(byte[] number) => (number.Length * 8) - byte.LeadingZeroCount(number[0]);
}
