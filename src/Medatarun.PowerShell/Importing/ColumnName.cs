using System.Text;

namespace Medatarun.PowerShell.Importing;

/// <summary>How names of columns are compared.</summary>
internal static class ColumnName
{
    /// <summary>
    /// Without regard to case, spaces, underscores and hyphens, and to what templates write into brackets: <c>Email Address [Required]</c> is
    /// <c>emailaddress</c>, and <c>Name [displayName] Required</c>, whose brackets hold the name that programs use, is <c>displayname</c>.
    /// </summary>
    /// <param name="written">The name as it is written.</param>
    public static string Plain(string written)
    {
        var name = written.AsSpan().Trim();
        var begin = name.IndexOf('[');
        var end = begin < 0 ? -1 : name[begin..].IndexOf(']');
        if (end > 0)
        {
            var inside = name.Slice(begin + 1, end - 1);
            name = IsProgramsName(inside) ? inside : name[..begin];
        }

        var plain = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (character is not (' ' or '_' or '-'))
            {
                plain.Append(char.ToLowerInvariant(character));
            }
        }

        return plain.ToString();
    }

    /// <summary>Whether a column holds what must not be shown, by its name.</summary>
    /// <param name="plain">The name as <see cref="Plain"/> writes it.</param>
    public static bool IsSecret(string plain) =>
        plain.Contains("password", StringComparison.Ordinal)
        || plain.Contains("credential", StringComparison.Ordinal)
        || plain.Contains("secret", StringComparison.Ordinal)
        || plain.Contains("hash", StringComparison.Ordinal);

    private static bool IsProgramsName(ReadOnlySpan<char> inside)
    {
        if (inside.IsEmpty || !char.IsAsciiLetterLower(inside[0]))
        {
            return false;
        }

        foreach (var character in inside)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
