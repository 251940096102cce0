using System.Globalization;
using System.Security.Cryptography;

namespace Medatarun.Server.Passwords.Foreign;

/// <summary>The original Medatarun: <c>iterations:salt:hash</c>, salt and hash in base64, PBKDF2-HMAC-SHA256.</summary>
internal static class OriginalHash
{
    /// <summary>Reads the form; null when it is another one.</summary>
    public static PasswordHash? Parse(string text)
    {
        var parts = text.Split(':', 4);
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && PasswordHash.TryDecode(parts[1]) is { } salt
            && PasswordHash.TryDecode(parts[2]) is { } hash
                ? new PasswordHash(HashAlgorithmName.SHA256, iterations, salt, hash)
                : null;
    }
}
