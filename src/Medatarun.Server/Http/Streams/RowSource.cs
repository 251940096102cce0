using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Http.Streams;

/// <summary>The rows in the body of a request. Nothing is read ahead of what is asked for, and nobody waits on a thread.</summary>
/// <param name="body">The body.</param>
/// <param name="operation">Whose limits count.</param>
/// <param name="json">How a row is read.</param>
/// <param name="limits">The most rows, and the longest in bytes.</param>
/// <param name="stopping">The server is stopping: no further row is read.</param>
internal sealed class RowSource<TRow>(
    PipeReader body, Operation operation, JsonTypeInfo<TRow> json, (int Rows, int RowBytes) limits, CancellationToken stopping)
    : IRowSource<TRow>
    where TRow : class
{
    // More at a time would be memory for nothing: it is what goes to the writer at once.
    private const int MaxGroup = 256;

    // Whoever sends nothing for so long has left, and nobody was told.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly RowLines lines = new(limits.RowBytes);
    private readonly Problem tooLong = new(
        ProblemCatalogue.RequestTooLarge, $"The row is larger than {limits.RowBytes / 1024} KiB.");

    private long taken;
    private int count;

    public Problem? EndedBy { get; private set; }

    public async IAsyncEnumerable<IReadOnlyList<StreamRow<TRow>>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (EndedBy is null && await NextAsync(cancellationToken) is { } read)
        {
            var rows = Take(read, out var isOver);
            if (rows.Count > 0)
            {
                yield return rows;
            }

            if (isOver)
            {
                yield break;
            }
        }
    }

    private async ValueTask<ReadResult?> NextAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        patience.CancelAfter(Patience);
        try
        {
            patience.Token.ThrowIfCancellationRequested();
            return await body.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            EndedBy = stopping.IsCancellationRequested
                ? new Problem(ProblemCatalogue.StorageUnavailable, "The server is stopping. Call again with the rows that have no answer.")
                : new Problem(ProblemCatalogue.MalformedRequest, $"Nothing came for {Patience.TotalMinutes:0} minutes.");
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // Chunks that are none, or an end before the length that was told.
            EndedBy = new Problem(ProblemCatalogue.MalformedRequest, "The body broke off.");
        }

        return null;
    }

    private List<StreamRow<TRow>> Take(ReadResult read, out bool isOver)
    {
        var left = operation.MaxRequestBytes - taken;
        var isTooMuch = read.Buffer.Length > left;
        var buffer = isTooMuch ? read.Buffer.Slice(0, left) : read.Buffer;
        var rows = new List<StreamRow<TRow>>();
        while (EndedBy is null && rows.Count < MaxGroup && lines.TryTake(ref buffer, read.IsCompleted && !isTooMuch, out var line))
        {
            Add(rows, line);
        }

        // With a full group there may be whole lines left, which the next read finds at once.
        var isFull = rows.Count == MaxGroup;
        taken += read.Buffer.Slice(0, buffer.Start).Length;
        body.AdvanceTo(buffer.Start, isFull ? buffer.Start : read.Buffer.End);
        EndedBy ??= isTooMuch && !isFull
            ? new Problem(
                ProblemCatalogue.RequestTooLarge,
                $"One call takes {operation.MaxRequestBytes / (1024 * 1024)} MiB. Call again with the rows that have no answer.")
            : null;
        isOver = EndedBy is not null || (read.IsCompleted && !isFull);
        return rows;
    }

    private void Add(List<StreamRow<TRow>> rows, ReadOnlyMemory<byte>? line)
    {
        if (count == limits.Rows)
        {
            EndedBy = new Problem(
                ProblemCatalogue.RequestTooLarge, $"One call takes {limits.Rows:N0} rows. Call again with the rows that have no answer.");
            return;
        }

        count++;
        if (line is not { } bytes)
        {
            rows.Add(new StreamRow<TRow>(count, null, tooLong));
            return;
        }

        rows.Add(RowParser.Parse(json, bytes.Span).Failed(out var problem, out var row)
            ? new StreamRow<TRow>(count, null, problem)
            : new StreamRow<TRow>(count, row, null));
    }
}
