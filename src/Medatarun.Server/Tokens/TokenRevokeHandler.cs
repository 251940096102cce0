using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>Ends what a token proves: the session of an access or refresh token, or the API token itself.</summary>
internal sealed class TokenRevokeHandler(StoreHolder store, TokenValidator tokens)
    : OperationHandler<TokenReference, StatusResponse>(TokenOperations.TokenRevoke)
{
    public override async ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        TokenReference request, CallContext call, CancellationToken cancellationToken)
    {
        // RFC 7009 §2.2: what proves nothing needs no revoking, and that is no error.
        if (await FindAsync(request.Token!.Reveal(), call.Now) is not { } credential)
        {
            return Prepared<StatusResponse>.Answer(StatusResponse.Ok);
        }

        call.Target = credential.Id.ToString();
        return Prepared<StatusResponse>.InStore((transaction, caller) => End(transaction, credential, caller, call.Now));
    }

    private async ValueTask<Credential?> FindAsync(string token, DateTimeOffset now)
    {
        if (token.StartsWith(OpaqueToken.RefreshPrefix, StringComparison.Ordinal))
        {
            return store.Current.Read(transaction => RefreshTokenQueries.Find(transaction, OpaqueToken.HashOf(token)))
                is { } refreshToken ? Credential.Session(refreshToken.SessionId) : null;
        }

        // What another issuer made is that issuer's to end.
        return (await tokens.ValidateAsync(new BearerToken(token), now)).Failed(out _, out var validated) || validated.External is not null
            ? null
            : validated.Credential;
    }

    private static Outcome<StatusResponse> End(StoreTransaction transaction, Credential credential, Caller caller, DateTimeOffset now)
    {
        if (CredentialQueries.OwnerOf(transaction, credential) is not { } owner)
        {
            return StatusResponse.Ok;
        }

        // Whoever comes with a credential may give it up, an API token too.
        if (credential != caller.Credential && CredentialRules.MayEnd(transaction, caller, owner) is { } refusal)
        {
            return refusal;
        }

        CredentialQueries.End(transaction, credential, owner, now);
        return StatusResponse.Ok;
    }
}
