using System.Globalization;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords;

/// <summary>
/// A stored password hash: <c>$pbkdf2-sha512$i=220000$salt$hash</c>, with salt and hash in base64. Algorithm and cost
/// stand with the hash, so that they can rise without a migration.
/// </summary>
internal sealed record PasswordHash(int Iterations, byte[] Salt, byte[] Hash)
{
    /// <summary>OWASP's recommendation for PBKDF2-HMAC-SHA512 is 210,000 (2023); ours is above it.</summary>
    public const int DefaultIterations = 220_000;

    /// <summary>What a sign-in of several seconds takes; beyond it, nobody waits.</summary>
    public const int MaxIterations = 10_000_000;

    public const int SaltBytes = 16;

    public const int HashBytes = 64;

    private const string Prefix = "$pbkdf2-sha512$i=";

    /// <summary>Whether a derived hash is this one. Takes the same time whatever the answer, and clears the derived one.</summary>
    public bool Matches(byte[] derived)
    {
        var matches = CryptographicOperations.FixedTimeEquals(derived, Hash);
        CryptographicOperations.ZeroMemory(derived);
        return matches;
    }

    /// <summary>Reads the stored form; null when it is not one this version knows.</summary>
    public static PasswordHash? Parse(string stored)
    {
        if (!stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = stored[Prefix.Length..].Split('$');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations > 0
                ? new PasswordHash(iterations, Convert.FromBase64String(parts[1]), Convert.FromBase64String(parts[2]))
                : null;
    }

    /// <summary>The stored form.</summary>
    public string ToStored() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}{Iterations}${Convert.ToBase64String(Salt)}${Convert.ToBase64String(Hash)}");

    /// <summary>Never the hash.</summary>
    public override string ToString() => $"{Prefix}{Iterations}$…";
}
