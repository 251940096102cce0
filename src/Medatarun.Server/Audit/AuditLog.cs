using Medatarun.Contracts.Operations;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Audit;

/// <summary>Appends what happened, in the transaction in which it happened.</summary>
internal static class AuditLog
{
    private const int MaxTarget = 200;

    public static void Append(StoreTransaction transaction, Operation operation, CallContext call, Problem? problem) =>
        transaction.Execute(
            """
            INSERT INTO audit_events (sequence, at, request_id, actor_id, actor_name, operation, target, outcome)
            VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_events),
                    @at, @request_id, @actor_id, @actor_name, @operation, @target, @outcome)
            """,
            ("@at", call.Now),
            ("@request_id", call.RequestId),
            ("@actor_id", call.Caller.IsAnonymous ? null : call.Caller.ActorId),
            ("@actor_name", call.Caller.IsAnonymous ? null : call.Caller.Subject),
            ("@operation", operation.ToString()),
            ("@target", call.Target is { } target ? VisibleText.Of(target, MaxTarget) : null),
            ("@outcome", problem?.RecordedAs ?? problem?.Definition.Code ?? "ok"));
}
