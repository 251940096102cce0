using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>Revokes an API token. Doing it again does nothing.</summary>
internal sealed class ApiTokenRevokeHandler() : OperationHandler<ApiTokenReference, StatusResponse>(TokenOperations.ApiTokenRevoke)
{
    public override ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        ApiTokenReference request, CallContext call, CancellationToken cancellationToken)
    {
        // Somebody will send the token itself where its id belongs: no record may hold that, and no answer repeat it.
        var isId = Guid.TryParse(request.Id, out var id);
        call.Target = isId ? id.ToString() : null;
        return new(Prepared<StatusResponse>.InStore((transaction, caller) => Revoke(transaction, isId ? id : null, caller, call)));
    }

    private static Outcome<StatusResponse> Revoke(StoreTransaction transaction, Guid? id, Caller caller, CallContext call)
    {
        // One that is not the caller's to see is one that is not there.
        if (id is not { } known
            || ApiTokenQueries.Find(transaction, known) is not { } token
            || !(IsItself(caller, token) || CredentialRules.MaySee(caller, token.OwnerId) is null))
        {
            return ProblemCatalogue.ApiTokenNotFound;
        }

        if (!IsItself(caller, token) && CredentialRules.MayEnd(transaction, caller, token.OwnerId) is { } refusal)
        {
            return refusal;
        }

        call.Target = $"{token.OwnerName}/{token.Id}";
        CredentialQueries.End(transaction, Credential.ApiToken(token.Id), token.OwnerId, call.Now);
        return StatusResponse.Ok;
    }

    // What an API token has of its own is itself.
    private static bool IsItself(Caller caller, ApiTokenRow token) => caller.Credential == Credential.ApiToken(token.Id);
}
