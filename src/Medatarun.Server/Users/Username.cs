using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>A username that follows the rules: it cannot hold another one.</summary>
internal readonly record struct Username
{
    private const int MinLength = 3;
    private const int MaxLength = 32;

    private Username(string value) => Value = value;

    public string Value { get; }

    public static Outcome<Username> Parse(string text, string member = "username") =>
        text.Length is < MinLength or > MaxLength
            ? Refuse(member, $"it must have {MinLength} to {MaxLength} characters")
            : IsWellFormed(text)
                ? new Username(text)
                : Refuse(member, "use lower case letters and digits, in parts joined by one '.', '_' or '-', a letter first");

    public override string ToString() => Value;

    // ^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$
    private static bool IsWellFormed(string text)
    {
        if (!char.IsAsciiLetterLower(text[0]))
        {
            return false;
        }

        var previousJoins = false;
        foreach (var character in text)
        {
            var joins = character is '.' or '_' or '-';
            if ((joins && previousJoins) || !(joins || char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                return false;
            }

            previousJoins = joins;
        }

        return !previousJoins;
    }

    private static Problem Refuse(string member, string reason) =>
        Problem.OfMember(ProblemCatalogue.BadUsername, member, $"Bad username: {reason}.");
}
