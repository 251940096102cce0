using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Sessions;

/// <summary>Ends the caller's session.</summary>
internal sealed class LogoutHandler() : OperationHandler<EmptyRequest, StatusResponse>(AuthOperations.Logout)
{
    public override ValueTask<Outcome<Prepared<StatusResponse>>> PrepareAsync(
        EmptyRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = call.Caller.Subject;
        return new(Prepared<StatusResponse>.InStore((transaction, caller) =>
        {
            CredentialQueries.End(transaction, caller.Credential, caller.ActorId, call.Now);
            return StatusResponse.Ok;
        }));
    }
}
