using System.Security.Cryptography;
using Medatarun.Contracts;

namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Makes passwords that people can read aloud and type: four blocks of five letters and digits of which none looks like another one, 115 bits of
/// randomness. The hyphens between them are the symbols that the server's rules ask for, and a letter is first, so that no spreadsheet
/// takes one for a formula.
/// </summary>
internal static class PasswordGenerator
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Digits = "23456789";
    private const int Blocks = 4;
    private const int BlockLength = 5;

    /// <summary>Makes a password. Each is another one.</summary>
    public static Secret New()
    {
        while (true)
        {
            var characters = RandomNumberGenerator.GetItems<char>(Letters + Digits, Blocks * BlockLength);

            // To throw away and draw anew keeps all that are left equally likely.
            if (char.IsAsciiLetter(characters[0])
                && characters.Any(char.IsAsciiLetterLower) && characters.Any(char.IsAsciiLetterUpper) && characters.Any(char.IsAsciiDigit))
            {
                return new Secret(string.Join('-', characters.Chunk(BlockLength).Select(block => new string(block))));
            }
        }
    }
}
