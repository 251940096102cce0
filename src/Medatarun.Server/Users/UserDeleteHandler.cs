using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
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
        if (user.Id == caller.ActorId)
        {
            return new Problem(ProblemCatalogue.NotYourself, "You cannot delete your own account.");
        }

        if (AuthorityRules.MayChange(transaction, caller, user.Id) is { } refusal)
        {
            return refusal;
        }

        ActorQueries.Delete(transaction, user.Id, user.Username, now);
        return AuthorityRules.AdminRemains(transaction, user.Username) is { } problem ? problem : StatusResponse.Ok;
    }
}
