using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Makes a username of the name that somebody has in another system: what stands before the @, in lower case, Latin letters without their
/// marks, and one '-' for whatever else a username does not have. It cuts nothing and adds nothing: what is too short or too long for a
/// username stays so, and is refused.
/// </summary>
internal static class UsernameRule
{
    // Of the framework's own tables, not all are on every machine.
    private static readonly FrozenDictionary<char, string> Letters = new (string Letter, string Marked)[]
    {
        ("a", "àáâãäåāăą"), ("ae", "æ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"),
        ("ij", "ĳ"), ("j", "ĵ"), ("k", "ķĸ"), ("l", "ĺļľłŀ"), ("n", "ñńņňŋŉ"), ("o", "òóôõöōŏőø"), ("oe", "œ"), ("r", "ŕŗř"), ("s", "śŝşšſ"),
        ("ss", "ß"), ("t", "ţťŧ"), ("th", "þ"), ("u", "ùúûüũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
    }.SelectMany(letter => letter.Marked.Select(marked => (marked, letter.Letter))).ToFrozenDictionary(pair => pair.marked, pair => pair.Letter);

    /// <summary>The username; null when nothing of the name can be in one.</summary>
    /// <param name="name">The name in the other system, which may be an address.</param>
    public static string? From(string name)
    {
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var username = new StringBuilder(name.Length);
        foreach (var character in at < 0 ? name : name[..at])
        {
            var lower = char.ToLowerInvariant(character);
            if (char.IsAsciiLetterOrDigit(lower))
            {
                username.Append(lower);
            }
            else if (Letters.TryGetValue(lower, out var letters))
            {
                username.Append(letters);
            }
            else if (char.GetUnicodeCategory(lower) == UnicodeCategory.NonSpacingMark)
            {
                // The accent of the letter before it, written by itself.
                continue;
            }
            else if (username.Length > 0 && username[^1] is not ('.' or '_' or '-'))
            {
                username.Append(lower is '.' or '_' ? lower : '-');
            }
        }

        var text = username.ToString().TrimEnd('.', '_', '-');
        return text.Length == 0 ? null : text;
    }
}
