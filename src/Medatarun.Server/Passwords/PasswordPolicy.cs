using System.Globalization;
using System.Text;
using Medatarun.Contracts;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Passwords;

/// <summary>The rules for a new password (contract.md, "Validation").</summary>
internal sealed class PasswordPolicy(CommonPasswords common)
{
    private const int MinLength = 14;
    private const int MaxBytes = 1024;
    private const int MinClasses = 3;

    /// <summary>The refusal of a password, or null for a good one.</summary>
    /// <param name="password">What was chosen.</param>
    /// <param name="username">Whose it will be.</param>
    /// <param name="member">The request member to blame.</param>
    public Problem? Check(Secret password, string username, string member)
    {
        var reason = Reason(password.Reveal(), username);
        return reason is null ? null : Problem.OfMember(ProblemCatalogue.BadPassword, member, $"Bad password: {reason}.");
    }

    private string? Reason(string password, string username) =>
        string.IsNullOrWhiteSpace(password) ? "it is empty or only white space"
        : Encoding.UTF8.GetByteCount(password) > MaxBytes ? $"it is longer than {MaxBytes:N0} bytes"
        : password.EnumerateRunes().Count() < MinLength ? $"it has fewer than {MinLength} characters"
        : string.Equals(password, username, StringComparison.OrdinalIgnoreCase) ? "it is the username"
        : Classes(password) < MinClasses ? "it needs at least three of lower case, upper case, digit and symbol"
        : common.Contains(password) ? "it is on the list of common passwords"
        : null;

    private static int Classes(string password) =>
        password.EnumerateRunes().Select(rune => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.LowercaseLetter => 1,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => 2,
            UnicodeCategory.DecimalDigitNumber => 4,
            _ => 8,
        }).Distinct().Count();
}
