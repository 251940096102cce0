using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Passwords.Foreign;

/// <summary>Reads password hashes as other systems keep them into the one form that is stored here (docs/decisions/0012-import.md).</summary>
internal static class ForeignHash
{
    private const int MaxSaltBytes = 128;
    private const int MinHashBytes = 16;
    private const int MaxHashBytes = 64;

    // Each returns null for what is not of its form; no text is of two.
    private static readonly Func<string, PasswordHash?>[] Forms =
        [PasswordHash.Parse, DjangoHash.Parse, KeycloakHash.Parse, OriginalHash.Parse, AspNetIdentityHash.Parse];

    /// <summary>The hash, or the refusal that says why it cannot be verified here.</summary>
    /// <param name="text">The hash as the other system kept it. Never repeated in a refusal.</param>
    public static Outcome<PasswordHash> Parse(string text)
    {
        foreach (var form in Forms)
        {
            if (form(text) is { } hash)
            {
                return Bounded(hash);
            }
        }

        return Refuse(UnsupportedHash.NameOf(text) is { } name
            ? $"{name} cannot be verified here"
            : "its form is not known, or it is broken; a password in clear goes into 'password'");
    }

    // Whoever imports may not make sign-ins last a minute, nor let a hash match half of all passwords.
    private static Outcome<PasswordHash> Bounded(PasswordHash hash) =>
        hash.Iterations is < 1 or > PasswordHash.MaxIterations
            ? Refuse($"it has {hash.Iterations} iterations, and 1 to {PasswordHash.MaxIterations} are accepted")
        : hash.Salt.Length is < 1 or > MaxSaltBytes
            ? Refuse($"its salt has {hash.Salt.Length} bytes, and 1 to {MaxSaltBytes} are accepted")
        : hash.Hash.Length is < MinHashBytes or > MaxHashBytes
            ? Refuse($"it has {hash.Hash.Length} bytes, and {MinHashBytes} to {MaxHashBytes} are accepted")
        : hash;

    private static Problem Refuse(string reason) =>
        Problem.OfMember(ImportProblems.UnsupportedPasswordHash, "password_hash", $"The password hash is not accepted: {reason}.");
}
