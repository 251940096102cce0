namespace Medatarun.Server.Passwords.Foreign;

/// <summary>Names hashes that are well known and cannot be verified here, so that a refusal says more than no.</summary>
internal static class UnsupportedHash
{
    private static readonly (string Beginning, string Name)[] Known =
    [
        ("$2a$", "bcrypt"), ("$2b$", "bcrypt"), ("$2y$", "bcrypt"), ("$2x$", "bcrypt"), ("$2$", "bcrypt"),
        ("bcrypt$", "bcrypt"), ("bcrypt_sha256$", "bcrypt"), ("{bcrypt}", "bcrypt"),
        ("$argon2", "Argon2"), ("argon2$", "Argon2"), ("{ARGON2}", "Argon2"), ("argon2", "Argon2"),
        ("$scrypt$", "scrypt"), ("$7$", "scrypt"), ("scrypt$", "scrypt"), ("{scrypt}", "scrypt"), ("scrypt", "scrypt"),
        ("$1$", "md5-crypt"), ("$apr1$", "md5-crypt"), ("md5$", "MD5"), ("unsalted_md5$", "MD5"),
        ("$5$", "sha-crypt (SHA-256)"), ("$6$", "sha-crypt (SHA-512)"), ("$y$", "yescrypt"), ("$gy$", "yescrypt"),
        ("sha1$", "salted SHA-1"), ("unsalted_sha1$", "SHA-1"),
        ("{SSHA}", "LDAP's {SSHA}"), ("{SSHA256}", "LDAP's {SSHA256}"), ("{SSHA512}", "LDAP's {SSHA512}"), ("{SHA}", "LDAP's {SHA}"),
        ("{SMD5}", "LDAP's {SMD5}"), ("{MD5}", "LDAP's {MD5}"), ("{CRYPT}", "LDAP's {CRYPT}"),
        ("{noop}", "a password in clear"), ("{CLEARTEXT}", "a password in clear"), ("{PLAIN}", "a password in clear"),
    ];

    /// <summary>What a text is; null when it is nothing that is known.</summary>
    public static string? NameOf(string text)
    {
        var form = KeycloakHash.AlgorithmOf(text) ?? text;
        return Known.FirstOrDefault(one => form.StartsWith(one.Beginning, StringComparison.OrdinalIgnoreCase)).Name;
    }
}
