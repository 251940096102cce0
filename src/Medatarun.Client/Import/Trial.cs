using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client.Import;

/// <summary>
/// What the rows of a dry run would do to rows of later pieces: the server forgets a piece with its request. Within a piece it sees
/// them itself.
/// </summary>
/// <param name="ifExists">What is done with users who exist.</param>
internal sealed class Trial(string? ifExists)
{
    // Of the texts only their hash codes would be too little: two users must not be taken for one.
    private readonly HashSet<string> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> owners = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What becomes of a row, given the pieces before.</summary>
    /// <param name="line">The row.</param>
    /// <param name="result">What the server says of it.</param>
    public UserImportResult See(ImportLine line, UserImportResult result)
    {
        if (result.Status is not (UserImportResult.Created or UserImportResult.Updated) || line.Username is not { } username)
        {
            return result;
        }

        if (line.Email is { Length: > 0 } email && !owners.TryAdd(email, username) && owners[email] != username)
        {
            return Refused(result, ProblemCatalogue.EmailAlreadyUsed);
        }

        return result.Status == UserImportResult.Updated || made.Add(username) ? result : ifExists switch
        {
            UserImportRequest.Fail => Refused(result, ProblemCatalogue.UserAlreadyExists),
            UserImportRequest.Update => result with { Status = UserImportResult.Updated },
            _ => result with { Status = UserImportResult.Existing },
        };
    }

    private static UserImportResult Refused(UserImportResult result, ProblemDefinition problem) => result with
    {
        Status = UserImportResult.Failed, Code = problem.Code, Detail = problem.Detail,
    };
}
