using System.Globalization;
using System.Text;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>A full name that follows the rules.</summary>
internal readonly record struct FullName
{
    private const int MaxLength = 200;

    private FullName(string value) => Value = value;

    public string Value { get; }

    public static Outcome<FullName> Parse(string text) =>
        string.IsNullOrWhiteSpace(text) ? Refuse("it is empty")
        : text.EnumerateRunes().Count() > MaxLength ? Refuse($"it has more than {MaxLength} characters")
        : text.EnumerateRunes().All(IsAllowed) ? new FullName(text)
        : Refuse("use letters of any script, digits, marks, spaces and - ' ’ . , only");

    /// <summary>What somebody is called who gave no full name. A full name has no '_': it is for people.</summary>
    public static FullName Of(Username username) => new(username.Value.Replace('_', ' '));

    /// <summary>What can stay of a name that others made: what a full name may not hold is a space; null when nothing is left.</summary>
    public static FullName? Cleaned(string text)
    {
        var allowed = string.Concat(text.EnumerateRunes().Select(rune => IsAllowed(rune) ? rune.ToString() : " "));
        var words = string.Join(' ', allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var cut = string.Concat(words.EnumerateRunes().Take(MaxLength)).TrimEnd();
        return Parse(cut).Failed(out _, out var name) ? null : name;
    }

    public override string ToString() => Value;

    private static bool IsAllowed(Rune rune) =>
        rune.Value is ' ' or '-' or '\'' or '’' or '.' or ','
        || Rune.IsLetter(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static Problem Refuse(string reason) =>
        Problem.OfMember(ProblemCatalogue.BadFullName, "fullname", $"Bad full name: {reason}.");
}
