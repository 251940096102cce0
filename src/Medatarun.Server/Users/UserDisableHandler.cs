using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Disables a user and ends their sessions.</summary>
internal sealed class UserDisableHandler() : UserChangeHandler<UserReference, StatusResponse>(AuthOperations.UserDisable)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserReference request, Caller caller, DateTimeOffset now)
    {
        if (user.Id == caller.ActorId)
        {
            return new Problem(ProblemCatalogue.NotYourself, "You cannot disable your own account.");
        }

        if (user.DisabledAt is not null)
        {
            return StatusResponse.Ok;
        }

        if (UserRules.KeepsAnAdmin(transaction, user) is { } problem)
        {
            return problem;
        }

        ActorQueries.SetDisabled(transaction, user.Id, now);
        SessionQueries.EndAll(transaction, user.Id, now);
        return StatusResponse.Ok;
    }
}
