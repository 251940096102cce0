using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Forgets the failed sign-ins of a user.</summary>
internal sealed class UserUnlockHandler(GuessGuard guard) : UserChangeHandler<UserReference, StatusResponse>(AuthOperations.UserUnlock)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserReference request, Caller caller, DateTimeOffset now)
    {
        if (AuthorityRules.MayChange(transaction, caller, user.Id) is { } refusal)
        {
            return refusal;
        }

        guard.Clear(transaction, user.Id);
        return StatusResponse.Ok;
    }
}
