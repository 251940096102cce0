using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Passwords;

/// <summary>Gives a user a new password and ends their sessions; failed sign-ins are forgotten.</summary>
internal sealed class UserChangePasswordHandler(StoreHolder store, PasswordPolicy policy, PasswordHasher hasher, GuessGuard guard)
    : OperationHandler<UserChangePasswordRequest, StatusResponse>(AuthOperations.UserChangePassword)
{
    public override async ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        UserChangePasswordRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = string.IsNullOrEmpty(request.Username) ? request.Id : request.Username;
        if (store.Current.Read(transaction => UserQueries.Find(transaction, request)) is not { } user)
        {
            return UserRules.NotFound(request);
        }

        if (policy.Check(request.Password!, user.Username, "password") is { } bad)
        {
            return bad;
        }

        return (await hasher.HashAsync(request.Password!, cancellationToken)).Failed(out var busy, out var hash)
            ? busy
            : Prepared<StatusResponse>.InStore((transaction, caller) => Change(transaction, user.Id, hash, request, caller, call.Now));
    }

    private Outcome<StatusResponse> Change(
        StoreTransaction transaction, Guid id, string hash, UserChangePasswordRequest request, Caller caller, DateTimeOffset now)
    {
        if (UserQueries.FindById(transaction, id) is null)
        {
            return UserRules.NotFound(request);
        }

        if (AuthorityRules.MayChange(transaction, caller, id) is { } refusal)
        {
            return refusal;
        }

        UserQueries.SetPassword(transaction, id, hash, now);
        // Failures to guess the old one say nothing about the new one.
        guard.Clear(transaction, id);
        // An administrator who sets their own password this way keeps the session they do it with.
        SessionQueries.EndAll(transaction, id, now, spared: id == caller.ActorId ? caller.Credential.Id : null);
        return StatusResponse.Ok;
    }
}
