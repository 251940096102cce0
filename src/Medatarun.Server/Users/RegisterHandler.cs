using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Users;

/// <summary>Makes an account for whoever asks, where that is allowed. While there is no administrator, the first becomes one.</summary>
internal sealed class RegisterHandler(
    StoreHolder store, PasswordPolicy policy, PasswordHasher hasher, GuessGuard guard, SignIn signIn, MedatarunServerOptions options)
    : OperationHandler<RegisterRequest, SignInResponse>(AuthOperations.Register)
{
    public override Problem? Unavailable =>
        options.Registration == RegistrationMode.Open ? null : new Problem(ProblemCatalogue.RegistrationClosed);

    public override async ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        RegisterRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = string.IsNullOrEmpty(request.Username) ? request.Email : request.Username;
        // Whoever asks for what is taken should not cost a hash. What counts is the check in the transaction.
        if (Registration.Parse(request).Failed(out var problem, out var registration)
            || (problem = policy.Check(request.Password!, registration.Username.Value, "password")
                ?? store.Current.Read(registration.Taken)) is not null)
        {
            return problem;
        }

        return (await hasher.HashAsync(request.Password!, cancellationToken)).Failed(out var busy, out var hash)
            ? busy
            : Prepared<SignInResponse>.InStore(transaction => Create(transaction, registration, request, hash, call));
    }

    private Outcome<SignInResponse> Create(
        StoreTransaction transaction, Registration registration, RegisterRequest request, string hash, CallContext call)
    {
        if (registration.Taken(transaction) is { } taken)
        {
            return taken;
        }

        var user = registration.ToUser(transaction);
        call.Target = user.Username.Value;
        // A number may have made the name the password.
        if (policy.Check(request.Password!, user.Username.Value, "password") is { } bad)
        {
            return bad;
        }

        var row = user.ToRow(hash, call.Now);
        UserQueries.Insert(transaction, row, options.Issuer);
        if (GiveRoles(transaction, row.Id, call.Now) is { } problem)
        {
            return problem;
        }

        UserQueries.MarkSignedIn(transaction, row.Id, call.Now);
        guard.Remember(transaction, row.Id, Source.Of(call.Origin.Address), call.Now);
        return signIn.Open(transaction, UserQueries.Info(transaction, row with { LastLoginAt = call.Now }, call.Now), call, new SessionTerms());
    }

    // Of calls that race, the writer takes one first; the others find that there is an administrator.
    private static Problem? GiveRoles(StoreTransaction transaction, Guid user, DateTimeOffset now)
    {
        if (FirstAdministrator.Exists(transaction))
        {
            return UserRules.GiveRoles(transaction, Caller.Anonymous, user, role: null, admin: false);
        }

        FirstAdministrator.Appoint(transaction, user, now);
        return null;
    }
}
