namespace Medatarun.Client.Import;

/// <summary>The rows of an import, which can be left while the next one is awaited.</summary>
/// <param name="rows">The rows.</param>
/// <param name="cancellationToken">Told to their source.</param>
internal sealed class ImportRows(IAsyncEnumerable<ImportLine> rows, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ImportLine> source = rows.GetAsyncEnumerator(cancellationToken);
    private Task<bool> moving = Task.FromResult(false);

    public ImportLine Current => source.Current;

    public Task<bool> MoveNextAsync() => moving = source.MoveNextAsync().AsTask();

    /// <summary>Ends the source: at once, or as soon as it gives what it was asked for, which nobody waits for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (moving.IsCompleted)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _ = EndLaterAsync();
        }
    }

    private async Task EndLaterAsync()
    {
        await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync().ConfigureAwait(false);
    }
}
