using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Operations;

/// <summary>What is left to do after preparation: work for the store, or nothing.</summary>
internal readonly struct Prepared<T>
{
    private Prepared(Func<StoreTransaction, Caller, Outcome<T>>? work, Outcome<T> done)
    {
        Work = work;
        Done = done;
    }

    /// <summary>Work for the store; null when <see cref="Done"/> is the answer.</summary>
    public Func<StoreTransaction, Caller, Outcome<T>>? Work { get; }

    public Outcome<T> Done { get; }

    /// <summary>A piece of work over an open transaction and the caller as that transaction sees them.</summary>
    public static Prepared<T> InStore(Func<StoreTransaction, Caller, Outcome<T>> work) => new(work, default);

    /// <summary>A piece of work over an open transaction.</summary>
    public static Prepared<T> InStore(Func<StoreTransaction, Outcome<T>> work) => new((transaction, _) => work(transaction), default);

    /// <summary>An answer that needs no store.</summary>
    public static Prepared<T> Answer(Outcome<T> outcome) => new(null, outcome);
}
