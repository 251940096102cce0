using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Operations;

/// <summary>An operation that is nothing but work for the store: no preparation, no hash.</summary>
internal abstract class StoreHandler<TRequest, TResponse>(Operation<TRequest, TResponse> operation)
    : OperationHandler<TRequest, TResponse>(operation)
    where TRequest : class
    where TResponse : class
{
    public sealed override ValueTask<Outcome<Prepared<TResponse>>> PrepareAsync(
        TRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = Target(request);
        return new(Prepared<TResponse>.InStore((transaction, caller) => Run(transaction, request, caller, call.Now)));
    }

    /// <summary>What the audit record says the call was about. Default: nothing.</summary>
    protected virtual string? Target(TRequest request) => null;

    /// <summary>The work. A problem undoes it.</summary>
    protected abstract Outcome<TResponse> Run(StoreTransaction transaction, TRequest request, Caller caller, DateTimeOffset now);
}
