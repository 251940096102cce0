using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Audit;

/// <summary>Appends what happened, in the transaction in which it happened.</summary>
internal static class AuditLog
{
    private const int MaxTarget = 200;

    public static void Append(StoreTransaction transaction, Operation operation, CallContext call, Problem? problem) =>
        Append(transaction, operation, call, problem, call.Target);

    /// <summary>Appends one of several things that a call does.</summary>
    public static void Append(StoreTransaction transaction, Operation operation, CallContext call, Problem? problem, string? about) =>
        Append(
            transaction, call, operation.ToString(),
            call.Caller.IsAnonymous ? null : (call.Caller.ActorId, call.Caller.Subject),
            about, problem?.RecordedAs ?? problem?.Definition.Code ?? "ok");

    /// <summary>Appends what a call did to the one who makes it, before it was known what it asks.</summary>
    public static void Append(StoreTransaction transaction, string operation, ActorRow actor, CallContext call) =>
        Append(transaction, call, operation, (actor.Id, actor.Subject), actor.Subject, "ok");

    private static void Append(
        StoreTransaction transaction, CallContext call, string operation, (Guid Id, string Name)? actor, string? target, string outcome) =>
        transaction.Execute(
            """
            INSERT INTO audit_events (sequence, at, request_id, actor_id, actor_name, operation, target, outcome)
            VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_events),
                    @at, @request_id, @actor_id, @actor_name, @operation, @target, @outcome)
            """,
            ("@at", call.Now),
            ("@request_id", call.RequestId),
            ("@actor_id", actor?.Id),
            ("@actor_name", actor?.Name),
            ("@operation", operation),
            ("@target", target is null ? null : VisibleText.Of(target, MaxTarget)),
            ("@outcome", outcome));
}
