using System.Globalization;
using System.Text;

namespace Medatarun.Server.Audit;

/// <summary>Makes text from outside harmless in a log: what a terminal would act on is written as an escape.</summary>
internal static class VisibleText
{
    /// <summary>The text with control, format (bidi) and line-breaking characters as <c>\uXXXX</c>, cut at a length.</summary>
    public static string Of(string text, int maxLength)
    {
        var cut = text.Length > maxLength ? text[..maxLength] + "…" : text;
        var visible = new StringBuilder(cut.Length);
        foreach (var character in cut)
        {
            visible.Append(IsHidden(character) ? $"\\u{(int)character:x4}" : character.ToString());
        }

        return visible.ToString();
    }

    /// <summary>Whether a terminal would act on a character, or show nothing for it.</summary>
    public static bool IsHidden(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
