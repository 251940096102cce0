using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Sessions;

/// <summary>Lists sessions that live, a page at a time.</summary>
internal sealed class SessionListHandler(LastSeen lastSeen) : OperationHandler<CredentialListRequest, SessionPage>(SessionOperations.SessionList)
{
    public override ValueTask<Outcome<Prepared<SessionPage>>> PrepareAsync(
        CredentialListRequest request, CallContext call, CancellationToken cancellationToken) =>
        new(CredentialPage.Check(request) is { } problem
            ? problem
            : Prepared<SessionPage>.InStore((transaction, caller) => List(transaction, request, caller, call.Now)));

    private Outcome<SessionPage> List(StoreTransaction transaction, CredentialListRequest request, Caller caller, DateTimeOffset now)
    {
        if (CredentialPage.Account(transaction, request, caller).Failed(out var problem, out var account))
        {
            return problem;
        }

        var limit = request.Limit ?? CredentialListRequest.DefaultLimit;
        var found = SessionQueries.ListLive(transaction, account, request.After ?? "", limit + 1, now);
        var page = found.Take(limit).Select(session => WithUse(session, caller)).ToArray();
        return new SessionPage(page, found.Count > limit ? page[^1].Id : null);
    }

    private SessionInfo WithUse(SessionInfo session, Caller caller)
    {
        var credential = Credential.Session(Guid.Parse(session.Id));
        return session with { LastUsedAt = lastSeen.UsedAt(credential, session.LastUsedAt), Current = credential == caller.Credential };
    }
}
