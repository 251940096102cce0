using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Tokens;

/// <summary>
/// Exchanges a refresh token, once (docs/decisions/0008-credentials.md). All of it happens in one transaction of the one writer, so
/// that of a hundred callers with the same token the first makes the successor and the others find it.
/// </summary>
internal sealed class TokenRefreshHandler(StoreHolder store, SignIn signIn, RandomSource random)
    : OperationHandler<TokenRefreshRequest, SignInResponse>(TokenOperations.TokenRefresh)
{
    /// <summary>How long a token that was exchanged still yields the same answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>What the audit record of a token that came back after its grace says; its sender learns no more than of any other.</summary>
    public const string Reuse = "refresh_token_reused";

    public override ValueTask<Outcome<Prepared<SignInResponse>>> PrepareAsync(
        TokenRefreshRequest request, CallContext call, CancellationToken cancellationToken)
    {
        var token = request.RefreshToken!.Reveal();
        // What was never issued takes neither the writer's time nor room in the audit log: anyone can send it.
        return new(IsKnown(token)
            ? Prepared<SignInResponse>.InStore(transaction => Exchange(transaction, token, call))
            : Prepared<SignInResponse>.Answer(ProblemCatalogue.InvalidGrant));
    }

    private bool IsKnown(string token) =>
        OpaqueToken.IsWellFormed(token, OpaqueToken.RefreshPrefix)
        && store.Current.Read(transaction => RefreshTokenQueries.Find(transaction, OpaqueToken.HashOf(token))) is not null;

    private Outcome<SignInResponse> Exchange(StoreTransaction transaction, string token, CallContext call)
    {
        if (RefreshTokenQueries.Find(transaction, OpaqueToken.HashOf(token)) is not { } stored
            || ActorQueries.Find(transaction, stored.ActorId) is not { } owner)
        {
            return ProblemCatalogue.InvalidGrant;
        }

        call.Target = owner.Subject;
        return !stored.IsLive(call.Now) || owner.DisabledAt is not null ? ProblemCatalogue.InvalidGrant
            : stored.UsedAt is not { } usedAt ? Rotate(transaction, token, stored, owner, call)
            : call.Now < usedAt + Grace ? Repeat(token, stored)
            : EndFamily(transaction, stored, call.Now);
    }

    private SignInResponse Rotate(StoreTransaction transaction, string token, RefreshTokenRow stored, ActorRow owner, CallContext call)
    {
        ActorQueries.MarkSeen(transaction, owner.Id, call.Now);
        var user = UserQueries.Info(transaction, owner, call.Now);
        var answer = signIn.Continue(transaction, user, call, stored.SessionId, stored.SessionEndsAt);
        var text = JsonSerializer.SerializeToUtf8Bytes(answer, MedatarunJson.Context.SignInResponse);
        RefreshTokenQueries.MarkUsed(transaction, OpaqueToken.HashOf(token), SealedAnswer.Seal(token, text, random), call.Now);
        return answer;
    }

    // Whoever waited for the writer longer than the grace lasts finds the answer gone, which is no fault of theirs.
    private static Outcome<SignInResponse> Repeat(string token, RefreshTokenRow stored) => stored.Answer is null
        ? ProblemCatalogue.InvalidGrant
        : JsonSerializer.Deserialize(SealedAnswer.Open(token, stored.Answer), MedatarunJson.Context.SignInResponse)!;

    // RFC 9700 §4.14.2: two hold the token, and nobody can say which of them stole it.
    private static Outcome<SignInResponse> EndFamily(StoreTransaction transaction, RefreshTokenRow stored, DateTimeOffset now)
    {
        CredentialQueries.End(transaction, Credential.Session(stored.SessionId), stored.ActorId, now);
        return new Problem(ProblemCatalogue.InvalidGrant) { KeepsWork = true, RecordedAs = Reuse };
    }
}
