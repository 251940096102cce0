using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Changes what is given of a user; what is left out stays.</summary>
internal sealed class UserUpdateHandler() : UserChangeHandler<UserUpdateRequest, UserInfo>(AuthOperations.UserUpdate)
{
    protected override Outcome<UserInfo> Change(
        StoreTransaction transaction, UserRow user, UserUpdateRequest request, Caller caller, DateTimeOffset now)
    {
        if (Profile(transaction, user, request).Failed(out var problem, out var changed)
            || (problem = AuthorityRules.MayChange(transaction, caller, user.Id)) is not null)
        {
            return problem;
        }

        UserQueries.SetProfile(transaction, changed);
        problem = (request.Role is { } role ? UserRules.SetRole(transaction, caller, user.Id, role) : null)
            ?? (request.Groups is { } groups ? UserRules.SetGroups(transaction, caller, user.Id, groups) : null)
            ?? AuthorityRules.AdminRemains(transaction, user.Username);
        return problem is null ? UserQueries.Info(transaction, changed, now) : problem;
    }

    private static Outcome<UserRow> Profile(StoreTransaction transaction, UserRow user, UserUpdateRequest request)
    {
        var changed = user;
        if (request.Fullname is { } fullname)
        {
            if (FullName.Parse(fullname).Failed(out var bad, out var parsed))
            {
                return bad;
            }

            changed = changed with { Fullname = parsed.Value };
        }

        if (request.Email is { } email)
        {
            EmailAddress? address = null;
            if (email.Length > 0)
            {
                if (EmailAddress.Parse(email).Failed(out var bad, out var parsed))
                {
                    return bad;
                }

                address = parsed;
            }

            if (UserRules.IsFree(transaction, address, user.Id) is { } taken)
            {
                return taken;
            }

            changed = changed with { Email = address?.Value };
        }

        return changed;
    }
}
