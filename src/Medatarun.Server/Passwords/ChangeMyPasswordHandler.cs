using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Passwords;

/// <summary>Changes the caller's own password and ends their other sessions.</summary>
internal sealed class ChangeMyPasswordHandler(StoreHolder store, PasswordPolicy policy, GuardedPasswords passwords, PasswordHasher hasher)
    : OperationHandler<ChangeMyPasswordRequest, StatusResponse>(AuthOperations.ChangeMyPassword)
{
    public override async ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        ChangeMyPasswordRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var caller = call.Caller;
        call.Target = caller.Subject;
        var stored = store.Current.Read(transaction => UserQueries.FindById(transaction, caller.ActorId))?.PasswordHash;
        if ((await VerifyAsync(request.OldPassword!, stored, call, cancellationToken)) is { } refusal)
        {
            return refusal;
        }

        if (policy.Check(request.NewPassword!, caller.Subject, "newPassword") is { } bad)
        {
            return bad;
        }

        return (await hasher.HashAsync(request.NewPassword!, cancellationToken)).Failed(out var busy, out var hash)
            ? busy
            : Prepared<StatusResponse>.InStore((transaction, current) => Change(transaction, current, stored!, hash, call.Now));
    }

    // Whoever holds a session may guess as little as whoever signs in. Who they are is known, and so they are told.
    private async Task<Problem?> VerifyAsync(Secret password, string? stored, CallContext call, CancellationToken cancellationToken)
    {
        if (!passwords.HasRoom)
        {
            return PasswordHasher.Busy;
        }

        var lane = LaneKey.OldPassword(call.Caller.ActorId);
        return (await passwords.VerifyAsync(call, lane, password, stored, cancellationToken)).Failed(out var busy, out var verdict) ? busy
            : verdict.HeldOff ? HeldOff(verdict.RetryAfter)
            : verdict.Matches ? (Problem?)null
            : ProblemCatalogue.BadOldPassword;
    }

    private static Problem HeldOff(TimeSpan? retryAfter) => retryAfter is { } wait
        ? new Problem(ProblemCatalogue.Throttled, "The old password was wrong too often.") { RetryAfter = wait }
        : new Problem(ProblemCatalogue.Throttled, "The old password was wrong too often: an administrator has to unlock your account.")
        {
            RetryAfter = LaneState.LongestWait,
        };

    private static Outcome<StatusResponse> Change(
        StoreTransaction transaction, Caller caller, string verified, string hash, DateTimeOffset now)
    {
        // Someone else may have set a password while this one was hashed: theirs stands.
        if (UserQueries.FindById(transaction, caller.ActorId)?.PasswordHash != verified)
        {
            return ProblemCatalogue.BadOldPassword;
        }

        UserQueries.SetPassword(transaction, caller.ActorId, hash, now);
        SessionQueries.EndAll(transaction, caller.ActorId, now, spared: caller.Credential.Id);
        return StatusResponse.Ok;
    }
}
