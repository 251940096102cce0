using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Passwords;

/// <summary>Changes the caller's own password and ends their other sessions.</summary>
internal sealed class ChangeMyPasswordHandler(StoreHolder store, PasswordPolicy policy, PasswordHasher hasher)
    : OperationHandler<ChangeMyPasswordRequest, StatusResponse>(AuthOperations.ChangeMyPassword)
{
    public override async ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        ChangeMyPasswordRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        call.Target = caller.Subject;
        var stored = store.Current.Read(transaction => UserQueries.FindById(transaction, caller.ActorId))?.PasswordHash;
        if ((await hasher.VerifyAsync(request.OldPassword!, stored, cancellationToken)).Failed(out var busy, out var matches))
        {
            return busy;
        }

        if (!matches)
        {
            return ProblemCatalogue.BadOldPassword;
        }

        if (policy.Check(request.NewPassword!, caller.Subject, "newPassword") is { } bad)
        {
            return bad;
        }

        return (await hasher.HashAsync(request.NewPassword!, cancellationToken)).Failed(out busy, out var hash)
            ? busy
            : Prepared<StatusResponse>.InStore((transaction, current) => Change(transaction, current, stored!, hash, call.Now));
    }

    private static Outcome<StatusResponse> Change(
        StoreTransaction transaction, Caller caller, string verified, string hash, DateTimeOffset now)
    {
        // Someone else may have set a password while this one was hashed: theirs stands.
        if (UserQueries.FindById(transaction, caller.ActorId)?.PasswordHash != verified)
        {
            return ProblemCatalogue.BadOldPassword;
        }

        UserQueries.SetPassword(transaction, caller.ActorId, hash);
        SessionQueries.EndAll(transaction, caller.ActorId, now, spared: caller.Credential.Id);
        return StatusResponse.Ok;
    }
}
