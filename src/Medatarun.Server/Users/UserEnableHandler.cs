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
        // The user and the actor are one: what is done to the one is done to the other.
        var actor = ActorQueries.Find(transaction, user.Id)!;
        return ActorRules.Enable(transaction, actor, caller) is { } problem ? problem : StatusResponse.Ok;
    }
}
