using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Sessions;

/// <summary>
/// Sign-in. An unknown name, a wrong password and a disabled account take the same way and the same time: one look-up,
/// one hash, one transaction.
/// </summary>
internal sealed class LoginHandler(StoreHolder store, PasswordHasher hasher, SignIn signIn)
    : OperationHandler<LoginRequest, SignInResponse>(AuthOperations.Login)
{
    public override async ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        LoginRequest request, CallContext call, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Username) && string.IsNullOrEmpty(request.Email))
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "username", "'username' or 'email' is required.");
        }

        call.Target = request.Username ?? request.Email;
        var user = store.Current.Read(transaction => Find(transaction, request));
        if ((await hasher.VerifyAsync(request.Password!, user?.PasswordHash, cancellationToken)).Failed(out var busy, out var matches))
        {
            return busy;
        }

        var upgraded = matches && hasher.IsWeak(user!.PasswordHash!)
            ? (await hasher.HashAsync(request.Password!, cancellationToken)).Value
            : null;
        var terms = new SessionTerms { Offline = request.OfflineAccess == true };
        return Prepared<SignInResponse>.InStore(transaction => Decide(transaction, user, matches, upgraded, terms, call));
    }

    private Outcome<SignInResponse> Decide(
        StoreTransaction transaction, UserRow? known, bool matches, string? upgraded, SessionTerms terms, CallContext call)
    {
        // Hashing took a while: disabled, deleted or with another password since, the user is not let in.
        var user = known is null ? null : UserQueries.FindById(transaction, known.Id);
        if (!matches || user is null || user.DisabledAt is not null || user.PasswordHash != known!.PasswordHash)
        {
            return ProblemCatalogue.BadCredentials;
        }

        if (upgraded is not null)
        {
            UserQueries.SetPassword(transaction, user.Id, upgraded);
        }

        UserQueries.MarkSignedIn(transaction, user.Id, call.Now);
        return signIn.Open(transaction, UserQueries.Info(transaction, user with { LastLoginAt = call.Now }), call, terms);
    }

    private static UserRow? Find(StoreTransaction transaction, LoginRequest request) =>
        string.IsNullOrEmpty(request.Username)
            ? UserQueries.FindByEmail(transaction, request.Email!)
            : UserQueries.FindByName(transaction, request.Username);
}
