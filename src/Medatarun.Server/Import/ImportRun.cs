using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Import;

/// <summary>
/// One call of <c>user_import</c>. Rows are prepared in one loop and written in another, with a bounded number between them; whoever
/// waits, for hashes, for the writer or for the client, holds up what is before it, and no thread.
/// </summary>
internal sealed class ImportRun(ImportTools tools, ImportOptions options, CallContext call, Action over) : IStreamRun<UserImportRow, UserImportResult>
{
    // One piece of work for the writer: some milliseconds.
    private const int MaxBatch = 256;

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly TriedNames? tried = options.DryRun ? new TriedNames() : null;

    public Problem? EndedBy { get; private set; }

    public async IAsyncEnumerable<IReadOnlyList<UserImportResult>> RunAsync(
        IRowSource<UserImportRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ready = Channel.CreateBounded<PendingRow>(new BoundedChannelOptions(MaxBatch) { SingleReader = true, SingleWriter = true });
        var preparing = PrepareAsync(rows, ready.Writer, leaving.Token);
        try
        {
            while (await NextAsync(ready.Reader, leaving.Token) is { Count: > 0 } batch && await WriteAsync(batch) is { } results)
            {
                yield return results;
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await preparing;
        }

        EndedBy ??= rows.EndedBy;
    }

    public UserImportResult Summary() => ImportResults.Summary(counts, EndedBy);

    public void Dispose() => over();

    // Its failure is met by who reads what it prepared.
    private async Task PrepareAsync(IRowSource<UserImportRow> rows, ChannelWriter<PendingRow> ready, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await foreach (var group in rows.ReadAsync(cancellationToken))
            {
                await tools.Preparation.PrepareAsync(group, options, ready, cancellationToken);
            }
        }
#pragma warning disable CA1031 // Handed to the reader of the channel, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        ready.Complete(failure);
    }

    /// <summary>The next rows that can be written, in their order: waits for the first and takes what is ready after it.</summary>
    private static async Task<List<PendingRow>> NextAsync(ChannelReader<PendingRow> ready, CancellationToken cancellationToken)
    {
        var batch = new List<PendingRow>();
        if (!await ready.WaitToReadAsync(cancellationToken) || !ready.TryRead(out var first))
        {
            return batch;
        }

        if (first.Hashing is { } hashing)
        {
            await hashing;
        }

        batch.Add(first);
        while (batch.Count < MaxBatch && ready.TryPeek(out var next) && next.IsReady && ready.TryRead(out next))
        {
            // A hash that failed fails the call here, and not the writer.
            _ = next.Hashing is { } done ? await done : null;
            batch.Add(next);
        }

        return batch;
    }

    private async Task<IReadOnlyList<UserImportResult>?> WriteAsync(List<PendingRow> batch)
    {
        // The caller is judged as of now, however long the call has lasted.
        using var moment = new CallContext(call.Origin, tools.Pipeline.Now()) { Caller = call.Caller };
        var outcome = batch.TrueForAll(row => row.Problem is not null)
            ? Outcome<IReadOnlyList<UserImportResult>>.Of([.. batch.Select(row => ImportResults.Failed(row, row.Problem!))])
            : await StoreAsync(batch, moment);
        if (outcome.Failed(out var problem, out var results))
        {
            EndedBy = problem;
            return null;
        }

        foreach (var result in results)
        {
            counts[result.Status!] = counts.GetValueOrDefault(result.Status!) + 1;
        }

        return results;
    }

    private async Task<Outcome<IReadOnlyList<UserImportResult>>> StoreAsync(List<PendingRow> batch, CallContext moment)
    {
        try
        {
            return await tools.Store.Current.WriteAsync(
                transaction => new ImportBatch(transaction, tools, options, moment, tried).Run(batch));
        }
        catch (StoreUnavailableException) when (counts.Count > 0)
        {
            // Of this batch nothing was kept; those before it were answered.
            return new Problem(ProblemCatalogue.StorageUnavailable, "The server cannot write its data now. Call again with the rows that have no answer.");
        }
    }
}
