using System.Globalization;
using System.Text;

namespace Medatarun.Host.Logging;

/// <summary>
/// Makes text safe to print: names and agents come from outside, and a line break, an escape sequence or a change of
/// direction in one of them could forge a line or hide one (OWASP ASVS 5.0, 16.4.1).
/// </summary>
internal static class LogText
{
    public static string Escape(string text)
    {
        StringBuilder? result = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                result?.Append(text, i, 2);
                i++;
            }
            else if (IsUnsafe(text[i]))
            {
                result ??= new StringBuilder(text, 0, i, text.Length + 16);
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }
            else
            {
                result?.Append(text[i]);
            }
        }

        return result?.ToString() ?? text;
    }

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool IsUnsafe(char character) => char.GetUnicodeCategory(character) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;
}
