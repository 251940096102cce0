using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Import;

/// <summary>What is said of all rows of an import, checked.</summary>
/// <param name="IfExists">What is done with users who exist.</param>
/// <param name="DryRun">Whether nothing is kept.</param>
internal sealed record ImportOptions(ExistingUsers IfExists, bool DryRun)
{
    public static Outcome<ImportOptions> Parse(UserImportRequest request)
    {
        ExistingUsers? existing = request.IfExists switch
        {
            null or "" or UserImportRequest.Skip => ExistingUsers.Skip,
            UserImportRequest.Update => ExistingUsers.Update,
            UserImportRequest.Fail => ExistingUsers.Fail,
            _ => null,
        };
        return existing is { } known
            ? new ImportOptions(known, request.DryRun ?? false)
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest,
                "if_exists",
                $"'if_exists' must be '{UserImportRequest.Skip}', '{UserImportRequest.Update}' or '{UserImportRequest.Fail}'.");
    }
}
