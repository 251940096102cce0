using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Audit;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Operations;

/// <summary>
/// The way of every call: caller, permission, whole request, preparation, one transaction with the audit record in it.
/// Each step stands here once.
/// </summary>
internal sealed class OperationPipeline(StoreHolder store, CallerResolver callers, LastSeen lastSeen, TimeProvider time)
{
    public async ValueTask<Outcome<TResponse>> RunAsync<TRequest, TResponse>(
        OperationHandler<TRequest, TResponse> handler,
        TRequest request,
        BearerToken? token,
        RequestOrigin origin,
        CancellationToken cancellationToken)
        where TRequest : class
        where TResponse : class
    {
        var operation = handler.TypedOperation;
        using var call = new CallContext(origin, Now());
        if (operation.Access.Kind != AccessKind.Public && await EnterAsync(operation, call, token) is { } stranger)
        {
            return stranger;
        }

        if (RequestCheck.Check(operation, request) is { } incomplete)
        {
            return incomplete;
        }

        if ((await handler.PrepareAsync(request, call, cancellationToken)).Failed(out var problem, out var prepared))
        {
            // What was put off was not decided: it is no record, for whoever floods the server must not fill its disk.
            return operation.Authenticates && problem.Definition != ProblemCatalogue.Throttled
                ? await RecordAsync<TResponse>(operation, call, problem)
                : problem;
        }

        return prepared.Work is not { } work ? prepared.Done
            : operation.ReadOnly ? store.Current.Read(transaction => work(transaction, call.Caller))
            : await store.Current.WriteAsync(transaction => Write(transaction, operation, call, work));
    }

    /// <summary>Whether the owner of a token may call an operation, before its request is read. What counts is asked again in the call.</summary>
    public async ValueTask<bool> MayCallAsync(Operation operation, BearerToken? token, RequestOrigin origin)
    {
        using var call = new CallContext(origin, Now());
        return operation.Access.Kind == AccessKind.Public
            || (!(await callers.ResolveAsync(token, call)).Failed(out _, out var caller) && Missing(operation, caller) is null);
    }

    /// <summary>Lets somebody in who may call: who they are is in the call then. The refusal of whom it is not for, or null.</summary>
    public async ValueTask<Problem?> EnterAsync(Operation operation, CallContext call, BearerToken? token)
    {
        if ((await callers.ResolveAsync(token, call)).Failed(out var refusal, out var caller))
        {
            return refusal;
        }

        call.Caller = caller;
        lastSeen.Note(caller, call.Now);
        return Missing(operation, caller) is { } denied ? (await RecordAsync<object>(operation, call, denied)).Problem : null;
    }

    /// <summary>The moment. What is answered has no more digits than what is stored, so that reading it back shows the same.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private static Outcome<T> Write<T>(
        StoreTransaction transaction, Operation operation, CallContext call, Func<StoreTransaction, Caller, Outcome<T>> work)
    {
        var outcome = Authorized(transaction, operation, call, out var caller) is { } refusal
            ? refusal
            : RunUndoable(transaction, () => work(transaction, caller));
        call.Attempt?.Settle(transaction, outcome.Problem);
        AuditLog.Append(transaction, operation, call, outcome.Problem);
        return outcome;
    }

    /// <summary>
    /// Judges the caller in a write transaction: a request may have waited for a hash or for the writer, and what counts is what they
    /// may do now. The refusal, or null.
    /// </summary>
    public static Problem? Authorized(StoreTransaction transaction, Operation operation, CallContext call, out Caller caller)
    {
        caller = call.Caller;
        if (caller.IsAnonymous)
        {
            return null;
        }

        if (CallerQueries.Reload(transaction, caller, call.Now) is not { } current)
        {
            return ProblemCatalogue.InvalidToken;
        }

        caller = current;
        return Missing(operation, current);
    }

    private static Outcome<T> RunUndoable<T>(StoreTransaction transaction, Func<Outcome<T>> work)
    {
        transaction.Run("SAVEPOINT operation");
        var outcome = work();
        if (outcome.Problem is { KeepsWork: false })
        {
            transaction.Run("ROLLBACK TO operation");
        }

        transaction.Run("RELEASE operation");
        return outcome;
    }

    private static Problem? Missing(Operation operation, Caller caller) =>
        operation.Access.Permission is { } permission && !caller.Holds(permission)
            ? new Problem(
                ProblemCatalogue.PermissionDenied, $"{operation} needs the permission '{permission}', which you do not hold.")
        : operation.NeedsSession ? SessionMissing(caller)
        : null;

    private static Problem? SessionMissing(Caller caller) => caller.Credential.Kind switch
    {
        CredentialKind.Session => null,
        CredentialKind.ApiToken => ProblemCatalogue.SessionRequired,
        _ => new Problem(ProblemCatalogue.SessionRequired, "A token of another issuer cannot do this: it is about the account itself."),
    };

    private Task<Outcome<T>> RecordAsync<T>(Operation operation, CallContext call, Problem problem) =>
        store.Current.WriteAsync<Outcome<T>>(transaction =>
        {
            call.Attempt?.Settle(transaction, problem);
            AuditLog.Append(transaction, operation, call, problem);
            return problem;
        });
}
