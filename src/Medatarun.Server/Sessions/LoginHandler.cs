using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Sessions;

/// <summary>
/// Sign-in: source limit, room in the hash queue, reservation, hash, decision (docs/decisions/0009-guessing.md). Everybody who is
/// not let in takes the same way and the same time, whatever the reason.
/// </summary>
internal sealed class LoginHandler(
    StoreHolder store,
    SourceLimit sources,
    GuessGuard guard,
    GuardedPasswords passwords,
    PasswordHasher hasher,
    SignIn signIn,
    PutOffLog putOff,
    TimeProvider time)
    : OperationHandler<LoginRequest, SignInResponse>(AuthOperations.Login)
{
    // The log of the server's owner may say what whoever guesses must not know.
    private static readonly Problem HeldOff = new(ProblemCatalogue.BadCredentials) { RecordedAs = "held_off" };

    public override async ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        LoginRequest request, CallContext call, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Username) && string.IsNullOrEmpty(request.Email))
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "username", "'username' or 'email' is required.");
        }

        call.Target = string.IsNullOrEmpty(request.Username) ? request.Email : request.Username;
        var began = time.GetTimestamp();
        var source = Source.Of(call.Origin.Address);
        if (sources.Take(source).Failed(out var flooded, out var place))
        {
            putOff.Note(flooded.Detail);
            return flooded;
        }

        var attempt = new SignInAttempt { Request = request, Call = call, Began = began, Source = source, Place = place };
        var tried = false;
        try
        {
            var outcome = passwords.HasRoom ? await TryAsync(attempt, cancellationToken) : PasswordHasher.Busy;
            if (outcome.Problem is { } busy)
            {
                putOff.Note(busy.Detail);
            }

            tried = outcome.Problem is null;
            return outcome;
        }
        finally
        {
            if (!tried)
            {
                place.GiveBack();
            }
        }
    }

    private async Task<Outcome<Prepared<SignInResponse>>> TryAsync(SignInAttempt attempt, CancellationToken cancellationToken)
    {
        var password = attempt.Request.Password!;
        var (user, lane) = store.Current.Read(transaction => Find(transaction, attempt));
        var isForeign = user?.PasswordHash is { } stored && PasswordHasher.IsForeign(stored);
        // Beside the attempt, for after it the time that this takes would be seen.
        var measured = isForeign ? passwords.MeasureAsync() : null;
        if ((await passwords.VerifyAsync(attempt.Call, lane, password, user?.PasswordHash, cancellationToken))
            .Failed(out var busy, out var verdict))
        {
            return busy;
        }

        string? upgraded = null;
        if (verdict.Matches && user!.DisabledAt is null)
        {
            // What was verified is decided on, also when its client leaves meanwhile or there is no room for this one.
            upgraded = hasher.IsWeak(user.PasswordHash!) ? (await hasher.HashAsync(password, CancellationToken.None)).Value : null;
        }
        else if (await TakeTheTimeAsync(attempt, user, verdict, measured) is { } problem)
        {
            return problem;
        }

        return Prepared<SignInResponse>.InStore(transaction => Decide(transaction, attempt, user, verdict, upgraded));
    }

    private async Task<Problem?> TakeTheTimeAsync(SignInAttempt attempt, UserRow? user, PasswordVerdict verdict, Task<Problem?>? measured)
    {
        if (verdict.HeldOff)
        {
            return await passwords.TakeTheTimeAsync(attempt.Began);
        }

        if (measured is not null)
        {
            // What it took says where the account came from. It is no measure for others, and what is over it cannot be hidden.
            return await measured ?? await passwords.TakeTheTimeAsync(attempt.Began, verdict.Waited);
        }

        var waited = await hasher.MakeUpAsync(user?.PasswordHash);
        passwords.NoteDuration(attempt.Began, verdict.Waited + waited);
        return null;
    }

    private Outcome<SignInResponse> Decide(
        StoreTransaction transaction, SignInAttempt attempt, UserRow? known, PasswordVerdict verdict, string? upgraded)
    {
        // Hashing took a while: disabled, deleted or with another password since, the user is not let in. Nobody is looked up
        // too, for the time that it takes.
        var user = UserQueries.FindById(transaction, known?.Id ?? Guid.Empty);
        if (!verdict.Matches || user is null || user.DisabledAt is not null || user.PasswordHash != known!.PasswordHash)
        {
            return verdict.HeldOff ? HeldOff : ProblemCatalogue.BadCredentials;
        }

        if (upgraded is not null)
        {
            UserQueries.SetPassword(transaction, user.Id, upgraded, attempt.Call.Now);
        }

        var call = attempt.Call;
        attempt.Place.GiveBack();
        // Before the answer is made, which says whether the account is locked.
        call.Attempt?.Settle(transaction, problem: null);
        guard.Remember(transaction, user.Id, attempt.Source, call.Now);
        UserQueries.MarkSignedIn(transaction, user.Id, call.Now);
        var info = UserQueries.Info(transaction, user with { LastLoginAt = call.Now }, call.Now);
        return signIn.Open(transaction, info, call, new SessionTerms { Offline = attempt.Request.OfflineAccess == true });
    }

    private static (UserRow? User, LaneKey Lane) Find(StoreTransaction transaction, SignInAttempt attempt)
    {
        var request = attempt.Request;
        var user = string.IsNullOrEmpty(request.Username)
            ? UserQueries.FindByEmail(transaction, request.Email!)
            : UserQueries.FindByName(transaction, request.Username);
        // Asked also about nobody, for the time that it takes.
        var lane = KnownSources.LaneOf(transaction, user?.Id ?? Guid.Empty, attempt.Source);
        return (user, user is null ? LaneKey.Name(attempt.Call.Target!) : lane);
    }
}
