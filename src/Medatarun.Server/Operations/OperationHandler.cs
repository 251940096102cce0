using Medatarun.Contracts.Operations;

namespace Medatarun.Server.Operations;

/// <summary>An operation's implementation; see docs/decisions/0001-catalogue-and-pipeline.md.</summary>
internal abstract class OperationHandler(Operation operation)
{
    public Operation Operation { get; } = operation;

    /// <summary>The refusal of every call, whatever it asks, where this server does not offer the operation. Default: null, it does.</summary>
    public virtual Problem? Unavailable => null;
}

/// <summary>An operation's implementation, with its request and answer.</summary>
internal abstract class OperationHandler<TRequest, TResponse>(Operation<TRequest, TResponse> operation) : OperationHandler(operation)
    where TRequest : class
    where TResponse : class
{
    public Operation<TRequest, TResponse> TypedOperation { get; } = operation;

    /// <summary>
    /// Checks what can be checked without the store and does what is expensive. What it refuses was not tried in the store.
    /// </summary>
    public abstract ValueTask<Outcome<Prepared<TResponse>>> PrepareAsync(
        TRequest request, CallContext call, CancellationToken cancellationToken);
}
