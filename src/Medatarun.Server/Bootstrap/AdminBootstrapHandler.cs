using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Bootstrap;

/// <summary>Turns the bootstrap secret into the first administrator. What is refused does not use the secret up.</summary>
internal sealed class AdminBootstrapHandler(
    StoreHolder store,
    BootstrapSecretHolder bootstrap,
    PasswordPolicy policy,
    PasswordHasher hasher,
    GuessGuard guard,
    SignIn signIn,
    MedatarunServerOptions options)
    : OperationHandler<AdminBootstrapRequest, SignInResponse>(AuthOperations.AdminBootstrap)
{
    public override async ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        AdminBootstrapRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = request.Username;
        if (store.Current.Read(BootstrapSecretHolder.IsConsumed))
        {
            return ProblemCatalogue.BootstrapAlreadyConsumed;
        }

        if (!bootstrap.Matches(request.Secret!))
        {
            return ProblemCatalogue.BadBootstrapSecret;
        }

        var asked = new UserCreateRequest { Username = request.Username, Fullname = request.Fullname, Admin = true };
        if (NewUser.Parse(asked).Failed(out var problem, out var user)
            || (problem = policy.Check(request.Password!, user.Username.Value, "password")) is not null)
        {
            return problem;
        }

        return (await hasher.HashAsync(request.Password!, cancellationToken)).Failed(out var busy, out var hash)
            ? busy
            : Prepared<SignInResponse>.InStore(transaction => Create(transaction, user.ToRow(hash, call.Now), call));
    }

    private Outcome<SignInResponse> Create(StoreTransaction transaction, UserRow row, CallContext call)
    {
        // Of calls that race, the writer takes one first; the others find this.
        if (BootstrapSecretHolder.IsConsumed(transaction))
        {
            return ProblemCatalogue.BootstrapAlreadyConsumed;
        }

        UserQueries.Insert(transaction, row, options.Issuer);
        FirstAdministrator.Appoint(transaction, row.Id, call.Now);
        UserQueries.MarkSignedIn(transaction, row.Id, call.Now);
        guard.Remember(transaction, row.Id, Source.Of(call.Origin.Address), call.Now);
        return signIn.Open(transaction, UserQueries.Info(transaction, row with { LastLoginAt = call.Now }, call.Now), call, new SessionTerms());
    }
}
