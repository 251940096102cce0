using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Users;

/// <summary>Shows one user.</summary>
internal sealed class UserGetHandler() : OperationHandler<UserReference, UserInfo>(AuthOperations.UserGet)
{
    public override ValueTask<Outcome<Prepared<UserInfo>>> PrepareAsync(
        UserReference request, CallContext call, CancellationToken cancellationToken) =>
        new(Prepared<UserInfo>.InStore(transaction => UserQueries.Find(transaction, request) is { } user
            ? UserQueries.Info(transaction, user, call.Now)
            : UserRules.NotFound(request)));
}
