using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Medatarun.Client;
using Medatarun.Contracts.Import;

namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Makes rows that the pipeline's thread has, one after another, of what the client wants, and gives that thread the answers: it alone may read
/// objects of the pipeline, run script blocks and write to streams.
/// </summary>
internal sealed class ImportCall : IDisposable
{
    // To wake the other thread for each row costs more than the row.
    private const int Bundle = 100;

    // Enough that the client has its next pieces ready while two are under way.
    private const int BundlesAhead = 20;

    // Rows that come slowly go at once.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(50);

    private readonly Channel<UserImportRow[]> rows =
        Channel.CreateBounded<UserImportRow[]>(new BoundedChannelOptions(BundlesAhead) { SingleReader = true, SingleWriter = true });

    private readonly List<UserImportRow> bundle = new(Bundle);

    private readonly Channel<List<UserImportResult>> results =
        Channel.CreateUnbounded<List<UserImportResult>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly Queue<UserImportResult> taken = new();
    private readonly CancellationTokenSource ending;
    private readonly Task receiving;
    private Task<bool>? answer;
    private bool complete;
    private long handedOver;

    /// <summary>Begins a call.</summary>
    /// <param name="send">The client's call, given the rows.</param>
    /// <param name="stop">Ends it.</param>
    public ImportCall(Func<IAsyncEnumerable<UserImportRow>, CancellationToken, IAsyncEnumerable<UserImportResult>> send, CancellationToken stop)
    {
        ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var token = ending.Token;
        receiving = Task.Run(() => ReceiveAsync(send(RowsAsync(token), token)), CancellationToken.None);
    }

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(UserImportRow row) => bundle.Add(row);

    /// <summary>Hands over the rows that were taken, when there are enough or they come slowly.</summary>
    /// <param name="all">Whether all go, however few.</param>
    /// <returns>False when there is no room for them yet.</returns>
    public bool TryHandOver(bool all = false)
    {
        if (bundle.Count == 0 || !(all || bundle.Count >= Bundle || Stopwatch.GetElapsedTime(handedOver) > Slow))
        {
            return true;
        }

        if (!rows.Writer.TryWrite([.. bundle]))
        {
            return false;
        }

        bundle.Clear();
        handedOver = Stopwatch.GetTimestamp();
        return true;
    }

    /// <summary>Says that there are no more rows.</summary>
    public void Complete()
    {
        complete = true;
        rows.Writer.TryComplete();
    }

    /// <summary>Takes an answer.</summary>
    /// <param name="result">What became of the oldest row that has no answer yet.</param>
    /// <returns>False when none has come yet.</returns>
    public bool TryTake([NotNullWhen(true)] out UserImportResult? result)
    {
        if (taken.Count == 0 && results.Reader.TryRead(out var came))
        {
            came.ForEach(taken.Enqueue);
        }

        return taken.TryDequeue(out result);
    }

    /// <summary>Waits until there is an answer or room for a row.</summary>
    /// <param name="patience">How long at most.</param>
    /// <returns>False when the call is over and every answer was taken.</returns>
    /// <exception cref="MedatarunException">The call failed.</exception>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public bool Wait(TimeSpan patience)
    {
        // The channel has one reader, which may wait for one thing at a time.
        answer ??= results.Reader.WaitToReadAsync(ending.Token).AsTask();
        if (complete)
        {
            Task.WaitAny([answer], patience);
        }
        else
        {
            Task.WaitAny([answer, rows.Writer.WaitToWriteAsync(ending.Token).AsTask()], patience);
        }

        if (!answer.IsCompleted)
        {
            return true;
        }

        var more = answer.GetAwaiter().GetResult();
        answer = null;
        if (!more)
        {
            receiving.GetAwaiter().GetResult();
        }

        return more;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // What was sent and not answered yet may be done or not: importing again finds out.
        ending.Cancel();
        ending.Dispose();
    }

    private async IAsyncEnumerable<UserImportRow> RowsAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var handed in rows.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            foreach (var row in handed)
            {
                yield return row;
            }
        }
    }

    private async Task ReceiveAsync(IAsyncEnumerable<UserImportResult> answers)
    {
        var came = new List<UserImportResult>();
        var source = answers.GetAsyncEnumerator();
        await using var disposal = source.ConfigureAwait(false);
        try
        {
            while (true)
            {
                var moving = source.MoveNextAsync();
                if (!moving.IsCompleted && came.Count > 0)
                {
                    // Nothing more has come yet: what has is handed over, all at once.
                    results.Writer.TryWrite(came);
                    came = [];
                }

                if (!await moving.ConfigureAwait(false))
                {
                    break;
                }

                came.Add(source.Current);
            }
        }
        finally
        {
            results.Writer.TryWrite(came);
            // Why it ended is found in this task, when every answer was taken.
            results.Writer.TryComplete();
        }
    }
}
