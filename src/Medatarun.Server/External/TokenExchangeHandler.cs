using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.External;

/// <summary>Exchanges a token of a trusted issuer for a session: one like any other, short, and without a refresh token.</summary>
internal sealed class TokenExchangeHandler(ExternalTokenVerifier verifier, SignIn signIn, MedatarunServerOptions options)
    : OperationHandler<TokenExchangeRequest, SignInResponse>(IssuerOperations.TokenExchange)
{
    /// <summary>The longest life of such a session: whoever has the token can exchange it again.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// The most that one actor has at once; one more ends the oldest. They keep claims, and a token can be exchanged as often as somebody likes.
    /// </summary>
    public const int MaxSessions = 1000;

    public override async ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        TokenExchangeRequest request, CallContext call, CancellationToken cancellationToken) =>
        // What no trusted issuer signed takes neither the writer's time nor room in the audit log: anyone can send it.
        (await verifier.VerifyAsync(request.Token!.Reveal(), call.Now)).Failed(out var problem, out var token)
            ? Prepared<SignInResponse>.Answer(problem)
            : Prepared<SignInResponse>.InStore(transaction => Exchange(transaction, token, call));

    private Outcome<SignInResponse> Exchange(StoreTransaction transaction, ExternalToken token, CallContext call)
    {
        call.Target = $"{token.Issuer.Name}/{token.Subject}";
        if (ExternalStanding.Of(transaction, token) is not { } standing)
        {
            // The issuer was changed while the token was verified.
            return ProblemCatalogue.InvalidToken;
        }

        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }

        var actor = ExternalActors.Align(transaction, standing.Actor, token, call);
        ActorQueries.MarkSeen(transaction, actor.Id, call.Now);
        SessionQueries.KeepNewestExchanged(transaction, actor.Id, MaxSessions - 1);
        return signIn.Open(transaction, UserQueries.Info(transaction, actor, call.Now, standing.Rules), call, new SessionTerms
        {
            Lifetime = options.AccessTokenLifetime < MaxLifetime ? options.AccessTokenLifetime : MaxLifetime,
            Exchanged = token,
        });
    }
}
