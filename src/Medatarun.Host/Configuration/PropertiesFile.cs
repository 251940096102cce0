using System.Globalization;
using System.Text;

namespace Medatarun.Host.Configuration;

/// <summary>
/// Reads the format of Java's properties files, which the original server used: <c>#</c> and <c>!</c> begin comments,
/// <c>=</c>, <c>:</c> or white space ends a key, a backslash escapes, and continues a line at its end.
/// </summary>
internal static class PropertiesFile
{
    /// <summary>Reads the pairs in the order of the file.</summary>
    /// <exception cref="FormatException">A broken escape, or a key that stands twice; the message says the line.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string text)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, number) in LogicalLines(text))
        {
            var end = KeyEnd(line);
            var key = Unescape(line[..end], number);
            // Java takes the last of two. Two people who edited one file would rather know.
            if (!seen.Add(key))
            {
                throw new FormatException($"line {number}: the key '{key}' stands in the file twice");
            }

            pairs.Add(new(key, Unescape(line[ValueStart(line, end)..], number)));
        }

        return pairs;
    }

    private static IEnumerable<(string Line, int Number)> LogicalLines(string text)
    {
        using var reader = new StringReader(text.TrimStart('\uFEFF'));
        var number = 0;
        while (reader.ReadLine() is { } natural)
        {
            number++;
            var first = number;
            var line = natural.TrimStart(' ', '\t', '\f');
            if (line.Length == 0 || line[0] is '#' or '!')
            {
                continue;
            }

            while (IsContinued(line))
            {
                number++;
                line = line[..^1] + reader.ReadLine()?.TrimStart(' ', '\t', '\f');
            }

            yield return (line, first);
        }
    }

    // An even number of backslashes at the end is so many escaped backslashes.
    private static bool IsContinued(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private static int KeyEnd(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
            }
            else if (line[i] is '=' or ':' or ' ' or '\t' or '\f')
            {
                return i;
            }
        }

        return line.Length;
    }

    private static int ValueStart(string line, int keyEnd)
    {
        var start = SkipBlanks(line, keyEnd);
        return start < line.Length && line[start] is '=' or ':' ? SkipBlanks(line, start + 1) : start;
    }

    private static int SkipBlanks(string line, int index)
    {
        while (index < line.Length && line[index] is ' ' or '\t' or '\f')
        {
            index++;
        }

        return index;
    }

    private static string Unescape(string text, int number)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
            }
            else if (++i < text.Length)
            {
                result.Append(text[i] == 'u' ? Unicode(text, ref i, number) : Escaped(text[i]));
            }
        }

        return result.ToString();
    }

    private static char Escaped(char character) => character switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        _ => character,
    };

    private static char Unicode(string text, ref int index, int number)
    {
        var digits = text.AsSpan(index + 1, Math.Min(4, text.Length - index - 1));
        if (digits.Length < 4 || !ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw new FormatException($"line {number}: \\u must be followed by four hexadecimal digits");
        }

        index += 4;
        return (char)code;
    }
}
