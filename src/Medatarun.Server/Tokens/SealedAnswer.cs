using System.Security.Cryptography;
using System.Text;

namespace Medatarun.Server.Tokens;

/// <summary>
/// An answer that only the token opens it was given for: AES-256-GCM under a key that HKDF makes of the token. The store has the
/// token's hash alone, so that whoever reads the store reads no answer.
/// </summary>
internal static class SealedAnswer
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private static readonly byte[] Purpose = Encoding.UTF8.GetBytes("medatarun refresh answer");

    public static string Seal(string token, ReadOnlySpan<byte> answer, RandomSource random)
    {
        var text = new byte[NonceBytes + TagBytes + answer.Length].AsSpan();
        var nonce = text[..NonceBytes];
        random.Fill(nonce);
        using var cipher = new AesGcm(KeyOf(token), TagBytes);
        cipher.Encrypt(nonce, answer, text[(NonceBytes + TagBytes)..], text.Slice(NonceBytes, TagBytes));
        return Convert.ToBase64String(text);
    }

    /// <exception cref="CryptographicException">The text was not sealed with this token, or was changed.</exception>
    public static byte[] Open(string token, string text)
    {
        var bytes = Convert.FromBase64String(text).AsSpan();
        var answer = new byte[bytes.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(KeyOf(token), TagBytes);
        cipher.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), answer);
        return answer;
    }

    private static byte[] KeyOf(string token) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(token), KeyBytes, info: Purpose);
}
