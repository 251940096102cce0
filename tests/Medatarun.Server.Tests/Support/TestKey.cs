using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tests.Support;

/// <summary>A key pair that signs tokens of any shape, without the library that verifies them.</summary>
internal sealed class TestKey
{
    private readonly Func<byte[], byte[]> sign;

    private TestKey(string? id, string algorithm, JsonObject publicMembers, Func<byte[], byte[]> sign)
    {
        Id = id;
        Algorithm = algorithm;
        this.sign = sign;
        Jwk = publicMembers;
        if (id is not null)
        {
            Jwk["kid"] = id;
        }
    }

    public string? Id { get; }

    public string Algorithm { get; }

    /// <summary>The public key as it is published. Tests change it to publish nonsense.</summary>
    public JsonObject Jwk { get; }

    public static TestKey Rsa(string? id, string algorithm = "RS256", int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var parameters = rsa.ExportParameters(false);
        var padding = algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return new TestKey(
            id, algorithm,
            new JsonObject { ["kty"] = "RSA", ["n"] = Encode(parameters.Modulus!), ["e"] = Encode(parameters.Exponent!) },
            data => rsa.SignData(data, Hash(algorithm), padding));
    }

    public static TestKey Ec(string? id, string algorithm = "ES256")
    {
        var (curve, name) = algorithm switch
        {
            "ES384" => (ECCurve.NamedCurves.nistP384, "P-384"),
            "ES512" => (ECCurve.NamedCurves.nistP521, "P-521"),
            _ => (ECCurve.NamedCurves.nistP256, "P-256"),
        };
        var ecdsa = ECDsa.Create(curve);
        var point = ecdsa.ExportParameters(false).Q;
        return new TestKey(
            id, algorithm,
            new JsonObject { ["kty"] = "EC", ["crv"] = name, ["x"] = Encode(point.X!), ["y"] = Encode(point.Y!) },
            data => ecdsa.SignData(data, Hash(algorithm)));
    }

    public JsonObject Header() => Id is null
        ? new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT" }
        : new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = Id };

    public string Sign(JsonNode claims, JsonNode? header = null) => SignText((header ?? Header()).ToJsonString(), claims.ToJsonString());

    /// <summary>Signs what need not be JSON.</summary>
    public string SignText(string header, string payload) => SignBytes(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    public string SignBytes(byte[] header, byte[] payload) => SignParts(Encode(header), Encode(payload));

    /// <summary>Signs what need not be base64url.</summary>
    public string SignParts(string header, string payload) =>
        $"{header}.{payload}.{Encode(sign(Encoding.ASCII.GetBytes($"{header}.{payload}")))}";

    public static string Encode(byte[] bytes) => Base64UrlEncoder.Encode(bytes);

    public static string Encode(string text) => Base64UrlEncoder.Encode(text);

    private static HashAlgorithmName Hash(string algorithm) => new($"SHA{algorithm[2..]}");
}
