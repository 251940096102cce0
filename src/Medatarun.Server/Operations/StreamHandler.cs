using Medatarun.Contracts.Operations;

namespace Medatarun.Server.Operations;

/// <summary>The implementation of an operation over rows. It judges the caller again with whatever it writes.</summary>
internal abstract class StreamHandler<TRequest, TRow, TResult>(StreamOperation<TRequest, TRow, TResult> operation)
    where TRequest : class
    where TRow : class
    where TResult : class
{
    public StreamOperation<TRequest, TRow, TResult> Operation { get; } = operation;

    /// <summary>Begins a call, or refuses it before a row is read.</summary>
    /// <param name="request">What is said of all rows.</param>
    /// <param name="call">The call, with a caller who may make it.</param>
    public abstract Outcome<IStreamRun<TRow, TResult>> Open(TRequest request, CallContext call);
}
