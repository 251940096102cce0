using System.Security.Cryptography;
using System.Text;
using Medatarun.Contracts;

namespace Medatarun.Server.Tokens;

/// <summary>
/// A token that says nothing but itself: prefix, 36 random letters and digits, 6 of checksum. The prefix lets scanners find one that
/// leaked; the checksum tells a typo from a token without a look-up.
/// </summary>
internal static class OpaqueToken
{
    /// <summary>The prefix of API tokens.</summary>
    public const string ApiPrefix = "mda_";

    /// <summary>The prefix of refresh tokens.</summary>
    public const string RefreshPrefix = "mdr_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // 36 × log2(62) = 214 bits.
    private const int RandomLength = 36;
    private const int ChecksumLength = 6;

    public static Secret Create(RandomSource random, string prefix)
    {
        var text = prefix + RandomText(random);
        return new Secret(text + Checksum(text));
    }

    /// <summary>Whether a text has the form of such a token, and its checksum fits.</summary>
    public static bool IsWellFormed(string token, string prefix)
    {
        if (!token.StartsWith(prefix, StringComparison.Ordinal) || token.Length != prefix.Length + RandomLength + ChecksumLength)
        {
            return false;
        }

        var checksum = token.Length - ChecksumLength;
        return token.AsSpan(checksum).SequenceEqual(Checksum(token[..checksum]));
    }

    /// <summary>What the store keeps of a token. It is random, so that a slow hash would protect nothing.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string RandomText(RandomSource random)
    {
        Span<char> text = stackalloc char[RandomLength];
        Span<byte> bytes = stackalloc byte[64];
        var filled = 0;
        while (filled < RandomLength)
        {
            random.Fill(bytes);
            foreach (var value in bytes)
            {
                // 248 is the largest multiple of 62 in a byte: what is above would make some letters likelier.
                if (value < 248 && filled < RandomLength)
                {
                    text[filled++] = Alphabet[value % 62];
                }
            }
        }

        CryptographicOperations.ZeroMemory(bytes);
        return new string(text);
    }

    private static string Checksum(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash);
        Span<char> checksum = stackalloc char[ChecksumLength];
        for (var index = 0; index < ChecksumLength; index++)
        {
            checksum[index] = Alphabet[(int)(value % 62)];
            value /= 62;
        }

        return new string(checksum);
    }
}
