using System.Globalization;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// A stored password hash: <c>$pbkdf2-sha512$i=220000$salt$hash</c>, with salt and hash in base64. Algorithm and cost
/// stand with the hash, so that they can rise without a migration, and so that hashes of other systems can stand there.
/// </summary>
internal sealed record PasswordHash(HashAlgorithmName Algorithm, int Iterations, byte[] Salt, byte[] Hash)
{
    /// <summary>OWASP's recommendation for PBKDF2-HMAC-SHA512 is 210,000 (2023); ours is above it.</summary>
    public const int DefaultIterations = 220_000;

    /// <summary>What a sign-in of several seconds takes; beyond it, nobody waits.</summary>
    public const int MaxIterations = 10_000_000;

    public const int SaltBytes = 16;

    public const int HashBytes = 64;

    private const string Prefix = "$pbkdf2-";

    private static readonly (string Name, HashAlgorithmName Algorithm)[] Algorithms =
        [("sha512", HashAlgorithmName.SHA512), ("sha256", HashAlgorithmName.SHA256), ("sha1", HashAlgorithmName.SHA1)];

    /// <summary>A hash of our own algorithm.</summary>
    public PasswordHash(int iterations, byte[] salt, byte[] hash)
        : this(HashAlgorithmName.SHA512, iterations, salt, hash)
    {
    }

    /// <summary>Whether it is of the algorithm and the lengths of those that are made here.</summary>
    public bool IsOwnForm => Algorithm == HashAlgorithmName.SHA512 && Hash.Length == HashBytes && Salt.Length >= SaltBytes;

    /// <summary>Whether a derived hash begins with this one. Takes the same time whatever the answer, and clears the derived one.</summary>
    public bool Matches(byte[] derived)
    {
        var matches = CryptographicOperations.FixedTimeEquals(derived.AsSpan(0, Hash.Length), Hash);
        CryptographicOperations.ZeroMemory(derived);
        return matches;
    }

    /// <summary>Reads the stored form; null when it is not one this version knows.</summary>
    public static PasswordHash? Parse(string stored)
    {
        var parts = stored.Split('$', 6);
        if (parts.Length != 5 || parts[0].Length != 0 || !stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var name = parts[1][(Prefix.Length - 1)..];
        var algorithm = Algorithms.FirstOrDefault(one => one.Name == name).Algorithm;
        return algorithm.Name is not null
            && parts[2].StartsWith("i=", StringComparison.Ordinal)
            && int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations > 0
            && TryDecode(parts[3]) is { } salt
            && TryDecode(parts[4]) is { } hash
                ? new PasswordHash(algorithm, iterations, salt, hash)
                : null;
    }

    /// <summary>Reads base64; null when it is none.</summary>
    public static byte[]? TryDecode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? bytes[..written] : null;
    }

    /// <summary>The stored form.</summary>
    public string ToStored() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{NameOfAlgorithm}$i={Iterations}${Convert.ToBase64String(Salt)}${Convert.ToBase64String(Hash)}");

    /// <summary>Never the hash.</summary>
    public override string ToString() => $"{Prefix}{NameOfAlgorithm}$i={Iterations}$…";

    private string NameOfAlgorithm => Algorithms.First(one => one.Algorithm == Algorithm).Name;
}
