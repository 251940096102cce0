using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Tokens;

/// <summary>Opens a session for somebody else: a user, a service account, or one that is made because there is nobody of that name.</summary>
internal sealed class TokenMintHandler(SignIn signIn, MedatarunServerOptions options)
    : OperationHandler<TokenMintRequest, SignInResponse>(TokenOperations.TokenMint)
{
    public override ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        TokenMintRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = request.Principal;
        return new(Check(request) is { } problem
            ? problem
            : Prepared<SignInResponse>.InStore((transaction, caller) => Mint(transaction, request, caller, call)));
    }

    private static Problem? Check(TokenMintRequest request) =>
        request.Type is null or TokenMintRequest.User or TokenMintRequest.Operator
            ? TokenLifetime.Check(request.ExpiresIn, TokenMintRequest.MinLifetime, TokenMintRequest.MaxLifetime)
            : Problem.OfMember(ProblemCatalogue.InvalidType, "type", ProblemCatalogue.InvalidType.Detail);

    private Outcome<SignInResponse> Mint(StoreTransaction transaction, TokenMintRequest request, Caller caller, CallContext call)
    {
        var known = ActorQueries.FindLocalByName(transaction, request.Principal!);
        if ((known is null ? Create(transaction, request, caller, call.Now) : known).Failed(out var problem, out var principal)
            // Also of one that was made just now: the automatic role may hold more than the caller.
            || (problem = AuthorityRules.MayChange(transaction, caller, principal.Id)
                ?? (known is null ? null : Unfit(transaction, request, known))) is not null)
        {
            return problem;
        }

        return signIn.Open(transaction, UserQueries.Info(transaction, principal, call.Now), call, new SessionTerms
        {
            Lifetime = request.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        });
    }

    private Outcome<ActorRow> Create(StoreTransaction transaction, TokenMintRequest request, Caller caller, DateTimeOffset now)
    {
        if (request.Principal == LocalIdentities.SystemSubject)
        {
            return new Problem(ProblemCatalogue.Managed, "This is the server itself, for which there are no tokens.");
        }

        return Username.Parse(request.Principal!, "principal").Failed(out var problem, out var name)
            || ServiceAccounts.Create(transaction, options.Issuer, name, null, caller.ActorId, now).Failed(out problem, out var account)
            || (problem = UserRules.GiveRoles(
                transaction, caller, account.Id, role: null, admin: request.Type == TokenMintRequest.Operator)) is not null
                ? problem
                : account;
    }

    /// <summary>The refusal of a principal whose token would be dead on arrival, or another one's than was meant; or null.</summary>
    private static Problem? Unfit(StoreTransaction transaction, TokenMintRequest request, ActorRow known)
    {
        if (known.DisabledAt is not null)
        {
            return new Problem(ProblemCatalogue.PrincipalDisabled, $"'{known.Subject}' is disabled.");
        }

        var type = ActorQueries.TypeOf(AuthorityQueries.Permissions(transaction, known.Id).Contains(PermissionKeys.Admin));
        return request.Type is null || request.Type == type
            ? null
            : Problem.OfMember(ProblemCatalogue.PrincipalTypeMismatch, "type", $"'{known.Subject}' is of the type '{type}'.");
    }
}
