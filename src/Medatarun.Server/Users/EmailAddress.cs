using System.Text;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>An e-mail address: something, an @, a host. Whether mail arrives there is for mail to find out.</summary>
internal readonly record struct EmailAddress
{
    // RFC 5321 §4.5.3.1, less the angle brackets of the path.
    private const int MaxLength = 254;

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>What is unique: addresses that differ only in case are one.</summary>
    public string Key => KeyOf(Value);

    public static string KeyOf(string address) => address.ToLowerInvariant();

    public static Outcome<EmailAddress> Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var wellFormed = text.Length <= MaxLength
            && at > 0
            && at < text.Length - 1
            && text.IndexOf('@', StringComparison.Ordinal) == at
            && text[^1] != '.'
            && text[at + 1] != '.'
            && text.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || IsAllowedMark(rune));
        return wellFormed
            ? new EmailAddress(text)
            : Problem.OfMember(ProblemCatalogue.BadEmail, "email", "Bad e-mail address: use name@host, at most 254 characters.");
    }

    public override string ToString() => Value;

    private static bool IsAllowedMark(Rune rune) =>
        rune.IsAscii && "@.!#$%&'*+/=?^_`{|}~-".Contains((char)rune.Value, StringComparison.Ordinal);
}
