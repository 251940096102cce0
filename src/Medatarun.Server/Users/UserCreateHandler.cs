using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Creates a user and their actor.</summary>
internal sealed class UserCreateHandler(StoreHolder store, PasswordPolicy policy, PasswordHasher hasher, MedatarunServerOptions options)
    : OperationHandler<UserCreateRequest, UserInfo>(AuthOperations.UserCreate)
{
    public override async ValueTask<Outcome<Prepared<UserInfo>>> PrepareAsync(
        UserCreateRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = request.Username;
        if (NewUser.Parse(request).Failed(out var problem, out var user)
            || (problem = policy.Check(request.Password!, user.Username.Value, "password")) is not null)
        {
            return problem;
        }

        // Whoever asks for a taken name in vain should not cost a hash. What counts is the check in the transaction.
        if (store.Current.Read(transaction => UserQueries.IsNameTaken(transaction, user.Username)))
        {
            return ProblemCatalogue.UserAlreadyExists;
        }

        return (await hasher.HashAsync(request.Password!, cancellationToken)).Failed(out var busy, out var hash)
            ? busy
            : Prepared<UserInfo>.InStore((transaction, caller) => Create(transaction, user, hash, caller, call.Now));
    }

    private Outcome<UserInfo> Create(StoreTransaction transaction, NewUser user, string hash, Caller caller, DateTimeOffset now)
    {
        if (UserQueries.IsNameTaken(transaction, user.Username))
        {
            return ProblemCatalogue.UserAlreadyExists;
        }

        if (UserRules.IsFree(transaction, user.Email) is { } taken)
        {
            return taken;
        }

        var row = user.ToRow(hash, now);
        UserQueries.Insert(transaction, row, options.Issuer);
        var problem = UserRules.GiveRoles(transaction, caller, row.Id, user.Role, user.Admin)
            ?? UserRules.SetGroups(transaction, caller, row.Id, user.Groups ?? []);
        return problem is null ? UserQueries.Info(transaction, row, now) : problem;
    }
}
