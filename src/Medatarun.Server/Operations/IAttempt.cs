using Medatarun.Server.Storage;

namespace Medatarun.Server.Operations;

/// <summary>Something that is counted with the outcome of a call. The call disposes of it at its end.</summary>
internal interface IAttempt : IDisposable
{
    /// <summary>Counts it, in the transaction that holds the audit record; the second time does nothing.</summary>
    /// <param name="transaction">That transaction. What is done here stays when the call is refused.</param>
    /// <param name="problem">The refusal; null for success.</param>
    void Settle(StoreTransaction transaction, Problem? problem);
}
