using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Access;

/// <summary>Bounds texts for people: names, categories and descriptions of roles, groups and permissions.</summary>
internal static class Description
{
    public const int MaxLength = 500;
    public const int MaxNameLength = 100;

    /// <summary>The refusal of a text that is too long or would disturb a terminal, or null.</summary>
    public static Problem? Check(string? text, string member, int maxLength = MaxLength) =>
        text is null || (text.Length <= maxLength && !text.Any(char.IsControl))
            ? null
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest, member, $"'{member}' must have at most {maxLength} characters, and no control character.");
}
