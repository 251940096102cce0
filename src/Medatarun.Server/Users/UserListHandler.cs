using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Lists users, a page at a time.</summary>
internal sealed class UserListHandler() : OperationHandler<UserListRequest, UserPage>(AuthOperations.UserList)
{
    public override ValueTask<Outcome<Prepared<UserPage>>> PrepareAsync(
        UserListRequest request, CallContext call, CancellationToken cancellationToken) =>
        new(request.Limit is < 1 or > UserListRequest.MaxLimit
            ? Problem.OfMember(ProblemCatalogue.InvalidRequest, "limit", $"'limit' must be between 1 and {UserListRequest.MaxLimit}.")
            : Prepared<UserPage>.InStore(transaction => List(transaction, request, call.Now)));

    private static Outcome<UserPage> List(StoreTransaction transaction, UserListRequest request, DateTimeOffset now)
    {
        var limit = request.Limit ?? UserListRequest.DefaultLimit;
        var rows = UserQueries.List(transaction, request, limit + 1);
        var more = rows.Count > limit;
        var page = rows.Take(limit).Select(row => UserQueries.Info(transaction, row, now)).ToArray();
        return new UserPage(page, more ? page[^1].Username : null);
    }
}
