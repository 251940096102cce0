using Medatarun.Contracts.Import;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Import;

/// <summary>The lines that an import answers.</summary>
internal static class ImportResults
{
    public static UserImportResult Failed(PendingRow row, Problem problem) => new()
    {
        Row = row.Number,
        Username = row.Username,
        Status = UserImportResult.Failed,
        Code = problem.Definition.Code,
        Detail = problem.Detail,
        Errors = problem.Errors,
    };

    /// <param name="row">The row.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="keepsId">Whether there is somebody of this id afterwards.</param>
    public static UserImportResult Done(PendingRow row, RowOutcome outcome, bool keepsId) => new()
    {
        Row = row.Number,
        Username = row.Username,
        Status = outcome.Status,
        Id = keepsId ? outcome.Id?.ToString() : null,
    };

    /// <param name="results">What was answered, by status.</param>
    /// <param name="endedBy">What ended the call early, or null.</param>
    public static UserImportResult Summary(IReadOnlyDictionary<string, int> results, Problem? endedBy)
    {
        int Count(string status) => results.GetValueOrDefault(status);
        return new UserImportResult
        {
            Code = endedBy?.Definition.Code,
            Detail = endedBy?.Detail,
            Summary = new UserImportSummary(
                results.Values.Sum(),
                Count(UserImportResult.Created),
                Count(UserImportResult.Updated),
                Count(UserImportResult.Existing),
                Count(UserImportResult.Failed)),
        };
    }
}
