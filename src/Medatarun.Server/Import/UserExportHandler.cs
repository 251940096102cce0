using Medatarun.Contracts.Import;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>Shows users as rows of an import. With hashes it is a call that is judged once more and recorded.</summary>
internal sealed class UserExportHandler(StoreHolder store) : OperationHandler<UserExportRequest, UserExportPage>(ImportOperations.UserExport)
{
    public override ValueTask<Outcome<Prepared<UserExportPage>>> PrepareAsync(
        UserExportRequest request, CallContext call, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > UserExportRequest.MaxLimit)
        {
            return new(Problem.OfMember(
                ProblemCatalogue.InvalidRequest, "limit", $"'limit' must be between 1 and {UserExportRequest.MaxLimit}."));
        }

        var limit = request.Limit ?? UserExportRequest.MaxLimit;
        call.Target = request.IncludeHashes == true ? "hashes" : null;
        return new(request.IncludeHashes == true
            ? Prepared<UserExportPage>.InStore((transaction, caller) => WithHashes(transaction, caller, request.After, limit))
            : Prepared<UserExportPage>.Answer(
                store.Current.Read(transaction => UserExportQueries.Page(transaction, request.After, limit, withHashes: false))));
    }

    private static Outcome<UserExportPage> WithHashes(StoreTransaction transaction, Caller caller, string? after, int limit) =>
        caller.Holds(PermissionKeys.HashExport)
            ? UserExportQueries.Page(transaction, after, limit, withHashes: true)
            : new Problem(
                ProblemCatalogue.PermissionDenied,
                $"Hashes in an export need the permission '{PermissionKeys.HashExport}', which you do not hold.");
}
