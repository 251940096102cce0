using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Changes a user's full name.</summary>
internal sealed class UserChangeFullNameHandler()
    : UserChangeHandler<UserChangeFullNameRequest, StatusResponse>(AuthOperations.UserChangeFullName)
{
    protected override Outcome<StatusResponse> Change(
        StoreTransaction transaction, UserRow user, UserChangeFullNameRequest request, Caller caller, DateTimeOffset now)
    {
        if (FullName.Parse(request.Fullname!).Failed(out var problem, out var fullname))
        {
            return problem;
        }

        if (AuthorityRules.MayChange(transaction, caller, user.Id) is { } refusal)
        {
            return refusal;
        }

        UserQueries.SetProfile(transaction, user with { Fullname = fullname.Value });
        return StatusResponse.Ok;
    }
}
