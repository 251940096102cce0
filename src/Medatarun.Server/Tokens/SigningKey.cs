using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tokens;

/// <summary>A key that signs access tokens (ES256: ECDSA on P-256 with SHA-256).</summary>
internal sealed class SigningKey : IDisposable
{
    public const string Algorithm = SecurityAlgorithms.EcdsaSha256;

    private readonly ECDsa ecdsa;

    private SigningKey(ECDsa ecdsa)
    {
        this.ecdsa = ecdsa;
        Key = new ECDsaSecurityKey(ecdsa)
        {
            // The library's default keeps signers for the whole process, by key id: they would outlive this key.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = true },
        };
        // The id is the key's own thumbprint (RFC 7638), so that it cannot be given to another key.
        KeyId = Base64UrlEncoder.Encode(Key.ComputeJwkThumbprint());
        Key.KeyId = KeyId;
        Credentials = new SigningCredentials(Key, Algorithm);
    }

    public string KeyId { get; }

    public ECDsaSecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static SigningKey FromStored(string privateKey)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return new SigningKey(ecdsa);
    }

    public string ToStored() => Convert.ToBase64String(ecdsa.ExportPkcs8PrivateKey());

    /// <summary>The public point, for the JSON Web Key Set.</summary>
    public (string X, string Y) PublicPoint()
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false).Q;
        return (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
    }

    public void Dispose() => ecdsa.Dispose();
}
