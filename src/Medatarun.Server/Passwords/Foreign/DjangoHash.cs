using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Medatarun.Server.Passwords.Foreign;

/// <summary>Django: <c>pbkdf2_sha256$iterations$salt$hash</c>. The salt is text, the hash base64.</summary>
internal static class DjangoHash
{
    /// <summary>Reads the form; null when it is another one.</summary>
    public static PasswordHash? Parse(string text)
    {
        var parts = text.Split('$', 5);
        HashAlgorithmName? algorithm = parts[0] switch
        {
            "pbkdf2_sha256" => HashAlgorithmName.SHA256,
            "pbkdf2_sha1" => HashAlgorithmName.SHA1,
            _ => null,
        };
        return algorithm is { } known
            && parts.Length == 4
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && PasswordHash.TryDecode(parts[3]) is { } hash
                ? new PasswordHash(known, iterations, Encoding.UTF8.GetBytes(parts[2]), hash)
                : null;
    }
}
