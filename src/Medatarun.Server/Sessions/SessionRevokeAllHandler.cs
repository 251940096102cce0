using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Sessions;

/// <summary>Ends every session of an account; of the caller's own, all but the one that calls.</summary>
internal sealed class SessionRevokeAllHandler()
    : OperationHandler<SessionRevokeAllRequest, StatusResponse>(SessionOperations.SessionRevokeAll)
{
    public override ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        SessionRevokeAllRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = string.IsNullOrEmpty(request.Username) ? call.Caller.Subject : request.Username;
        return new(Prepared<StatusResponse>.InStore((transaction, caller) => End(transaction, request.Username, caller, call.Now)));
    }

    private static Outcome<StatusResponse> End(StoreTransaction transaction, string? username, Caller caller, DateTimeOffset now)
    {
        if (CredentialRules.Account(transaction, caller, username).Failed(out var problem, out var account))
        {
            return problem;
        }

        if (CredentialRules.MayEnd(transaction, caller, account) is { } refusal)
        {
            return refusal;
        }

        SessionQueries.EndAll(transaction, account, now, spared: caller.Credential.Id);
        return StatusResponse.Ok;
    }
}
