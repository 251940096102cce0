using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Enables a user again. Sessions that were ended stay ended.</summary>
internal sealed class UserEnableHandler() : UserChangeHandler<UserReference, StatusResponse>(AuthOperations.UserEnable)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserReference request, Caller caller, DateTimeOffset now)
    {
        ActorQueries.SetDisabled(transaction, user.Id, null);
        return StatusResponse.Ok;
    }
}
