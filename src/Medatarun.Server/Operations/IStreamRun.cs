namespace Medatarun.Server.Operations;

/// <summary>One call of an operation over rows.</summary>
internal interface IStreamRun<TRow, TResult> : IDisposable
    where TRow : class
    where TResult : class
{
    /// <summary>Takes rows in and gives results out, in the same order. What was given out is kept.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">The client left.</param>
    IAsyncEnumerable<IReadOnlyList<TResult>> RunAsync(IRowSource<TRow> rows, CancellationToken cancellationToken);

    /// <summary>What ended the call early; null when nothing did. Known once the results have ended.</summary>
    Problem? EndedBy { get; }

    /// <summary>The last line of the answer.</summary>
    TResult Summary();
}
