using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Sessions;

/// <summary>Ends one session. One that has ended already stays ended.</summary>
internal sealed class SessionRevokeHandler() : StoreHandler<SessionReference, StatusResponse>(SessionOperations.SessionRevoke)
{
    // What is no id may be a token that was sent here by mistake: the log does not keep it.
    protected override string? Target(SessionReference request) => Guid.TryParse(request.Id, out var id) ? id.ToString() : null;

    protected override Outcome<StatusResponse> Run(
        StoreTransaction transaction, SessionReference request, Caller caller, DateTimeOffset now)
    {
        // Before any look-up: what an API token may not see, it does not learn to exist.
        if (caller.Credential.Kind != CredentialKind.Session && !caller.Holds(PermissionKeys.TokenManage))
        {
            return ProblemCatalogue.SessionRequired;
        }

        if (Find(transaction, request.Id!, caller) is not var (session, owner))
        {
            return Problem.OfMember(ProblemCatalogue.SessionNotFound, "id", $"There is no session '{request.Id}'.");
        }

        if (CredentialRules.MayEnd(transaction, caller, owner) is { } refusal)
        {
            return refusal;
        }

        CredentialQueries.End(transaction, session, owner, now);
        return StatusResponse.Ok;
    }

    // Somebody else's session is one that does not exist, to whoever may not see it.
    private static (Credential Session, Guid Owner)? Find(StoreTransaction transaction, string id, Caller caller) =>
        Guid.TryParse(id, out var parsed)
        && CredentialQueries.OwnerOf(transaction, Credential.Session(parsed)) is { } owner
        && CredentialRules.MaySee(caller, owner) is null
            ? (Credential.Session(parsed), owner)
            : null;
}
