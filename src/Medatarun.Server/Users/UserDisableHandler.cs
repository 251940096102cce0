using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Disables a user and ends their sessions.</summary>
internal sealed class UserDisableHandler() : UserChangeHandler<UserReference, StatusResponse>(AuthOperations.UserDisable)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserReference request, Caller caller, DateTimeOffset now)
    {
        // The user and the actor are one: what is done to the one is done to the other.
        var actor = ActorQueries.Find(transaction, user.Id)!;
        return ActorRules.Disable(transaction, actor, caller, now) is { } problem ? problem : StatusResponse.Ok;
    }
}
