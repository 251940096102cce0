using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Medatarun.Client.Import;

/// <summary>Cuts rows into pieces. A piece is full, or a second old while nothing more comes.</summary>
internal static class ImportPieces
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    public static async IAsyncEnumerable<ImportPiece> Of(
        IAsyncEnumerable<ImportLine> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var source = new ImportRows(rows, cancellationToken);
        await using var disposal = source.ConfigureAwait(false);
        var piece = new ImportPiece(0);
        var began = 0L;
        while (true)
        {
            var moving = source.MoveNextAsync();
            if (piece.Rows > 0 && !await ComesInTimeAsync(moving, Linger - Stopwatch.GetElapsedTime(began), cancellationToken).ConfigureAwait(false))
            {
                yield return piece;
                piece = new ImportPiece(piece.Before + piece.Rows);
            }

            // Whoever gives up does not wait for a source that is slow to notice.
            if (!await moving.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                break;
            }

            if (!piece.HasRoomFor(source.Current))
            {
                yield return piece;
                piece = new ImportPiece(piece.Before + piece.Rows);
            }

            began = piece.Rows == 0 ? Stopwatch.GetTimestamp() : began;
            piece.Add(source.Current);
        }

        if (piece.Rows > 0)
        {
            yield return piece;
        }
    }

    private static async ValueTask<bool> ComesInTimeAsync(Task moving, TimeSpan left, CancellationToken cancellationToken)
    {
        if (moving.IsCompleted)
        {
            return true;
        }

        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(moving, Task.Delay(left, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return first == moving;
    }
}
