namespace Medatarun.Server.Operations;

/// <summary>The rows of a call, in the groups in which they arrive.</summary>
internal interface IRowSource<TRow>
    where TRow : class
{
    /// <summary>What ended the rows before their end; null when nothing did. Known once they have ended.</summary>
    Problem? EndedBy { get; }

    /// <summary>Reads the rows, once. No more is read than is asked for.</summary>
    /// <param name="cancellationToken">Nobody wants them any more.</param>
    IAsyncEnumerable<IReadOnlyList<StreamRow<TRow>>> ReadAsync(CancellationToken cancellationToken);
}
