using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Medatarun.Contracts.Import;

namespace Medatarun.Client.Import;

/// <summary>An import: rows in, results out, two requests at a time in between.</summary>
internal sealed class UserImport(OperationSender sender, SendAuthorized authorized, UserImportRequest request, Action<RequestReport>? observe)
{
    private const int AtOnce = 2;

    private readonly PieceSender pieces = new(sender, PathOf(request), observe);
    private readonly Trial? trial = request.DryRun == true ? new Trial(request.IfExists) : null;

    public async IAsyncEnumerable<UserImportResult> RunAsync(
        IAsyncEnumerable<ImportLine> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(AtOnce);
        var underWay = Channel.CreateUnbounded<(ImportPiece Piece, Task Sending)>();
        var sending = SendAllAsync(rows, places, underWay.Writer, leaving.Token);
        try
        {
            await foreach (var (piece, whole) in underWay.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await foreach (var result in piece.Results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return trial?.See(piece[result.Row!.Value - piece.Before], result) ?? result;
                }

                await whole.ConfigureAwait(false);
                places.Release();
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Sends the pieces in their order, as many at once as there are places. Its failure is met by who reads the results.</summary>
    private async Task SendAllAsync(
        IAsyncEnumerable<ImportLine> rows, SemaphoreSlim places, ChannelWriter<(ImportPiece, Task)> underWay, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        var (last, sent) = ((ImportPiece?)null, Task.CompletedTask);
        try
        {
            await foreach (var piece in ImportPieces.Of(rows, cancellationToken).ConfigureAwait(false))
            {
                await places.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (last?.Meets(piece) == true)
                {
                    await sent.ConfigureAwait(false);
                }

                (last, sent) = (piece, SendAsync(piece, cancellationToken));
                underWay.TryWrite((piece, sent));
            }
        }
#pragma warning disable CA1031 // Handed to the reader of the channel, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        underWay.Complete(failure);
        // What is under way ends with the import, and not after it; what it met is told to who reads its results.
        await sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SendAsync(ImportPiece piece, CancellationToken cancellationToken)
    {
        try
        {
            await authorized(
                token => sender.WithRetriesAsync(() => pieces.SendAsync(piece, token, cancellationToken), cancellationToken),
                observe,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            piece.Results.Writer.TryComplete();
        }
    }

    private static string PathOf(UserImportRequest request)
    {
        List<string> query = [];
        if (request.IfExists is { } ifExists)
        {
            query.Add($"if_exists={Uri.EscapeDataString(ifExists)}");
        }

        if (request.DryRun is { } dryRun)
        {
            query.Add($"dry_run={(dryRun ? "true" : "false")}");
        }

        return $"api/{ImportOperations.UserImport}{(query.Count == 0 ? "" : "?" + string.Join('&', query))}";
    }
}
