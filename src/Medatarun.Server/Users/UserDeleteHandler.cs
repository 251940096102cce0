using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Deletes a user for good.</summary>
internal sealed class UserDeleteHandler() : UserChangeHandler<UserReference, StatusResponse>(AuthOperations.UserDelete)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserReference request, Caller caller, DateTimeOffset now)
    {
        // The user and the actor are one: what is done to the one is done to the other.
        var actor = ActorQueries.Find(transaction, user.Id)!;
        var problem = ActorRules.Delete(transaction, actor, caller, now) ?? AuthorityRules.AdminRemains(transaction, user.Username);
        return problem is null ? StatusResponse.Ok : problem;
    }
}
