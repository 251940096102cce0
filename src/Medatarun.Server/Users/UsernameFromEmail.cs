using System.Globalization;
using System.Text;

namespace Medatarun.Server.Users;

/// <summary>Makes a username for somebody who chose none: what stands before the @, made to follow the rules, numbered when it is taken.</summary>
internal static class UsernameFromEmail
{
    // Goes before what is too short, or has no letter first.
    private const string Prefix = "user";

    /// <summary>The username that an address suggests: <c>Jo.Doe+news@example.com</c> is <c>jo.doe-news</c>.</summary>
    public static Username Suggest(EmailAddress email)
    {
        var name = Cut(Words(email.Value[..email.Value.IndexOf('@', StringComparison.Ordinal)]), Username.MaxLength);
        if (name.Length < Username.MinLength || !char.IsAsciiLetter(name[0]))
        {
            name = Cut(name.Length == 0 ? Prefix : $"{Prefix}-{name}", Username.MaxLength);
        }

        return Username.Parse(name).Value;
    }

    /// <summary>The suggestion, or a number of it that is free: <c>jo.doe-2</c>.</summary>
    /// <param name="suggestion">The suggestion.</param>
    /// <param name="isTaken">Whether a name is taken.</param>
    public static Username Free(Username suggestion, Func<Username, bool> isTaken)
    {
        if (!isTaken(suggestion))
        {
            return suggestion;
        }

        // Numbers are given out in order and never again. So the last one is between two of which one is taken and the other free,
        // and the ten-thousandth "info" costs the writer thirty look-ups and not ten thousand.
        var (taken, free) = (1, 2);
        while (isTaken(Numbered(suggestion, free)))
        {
            (taken, free) = (free, free * 2);
        }

        while (free - taken > 1)
        {
            var middle = taken + ((free - taken) / 2);
            (taken, free) = isTaken(Numbered(suggestion, middle)) ? (middle, free) : (taken, middle);
        }

        return Numbered(suggestion, free);
    }

    private static Username Numbered(Username name, int number)
    {
        var end = string.Create(CultureInfo.InvariantCulture, $"-{number}");
        return Username.Parse(Cut(name.Value, Username.MaxLength - end.Length) + end).Value;
    }

    // Lower case letters and digits, in parts joined by one '.', '_' or '-'; whatever else there is joins with '-'.
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                words.Append(char.ToLowerInvariant(character));
            }
            else if (words.Length > 0 && char.IsAsciiLetterOrDigit(words[^1]))
            {
                words.Append(character is '.' or '_' ? character : '-');
            }
        }

        return words.ToString();
    }

    private static string Cut(string text, int length) => (text.Length > length ? text[..length] : text).TrimEnd('.', '_', '-');
}
