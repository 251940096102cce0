using System.Collections.Concurrent;
using Medatarun.Client;
using Medatarun.PowerShell.Pipelining;

namespace Medatarun.PowerShell.Commands;

/// <summary>
/// What the cmdlets share that make things of which thousands come by pipeline: several requests go on at once, and what became of them is
/// written in the order of the input. What is made on the command line is one request, as everywhere.
/// </summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TItem">What the server answers.</typeparam>
public abstract class PipelinedCreationCmdlet<TRequest, TItem> : CreationCmdlet<TItem>
    where TRequest : class
    where TItem : class
{
    // Two full sets of eight password lanes: one is computed while the next one arrives.
    private const int Width = 16;

    private readonly OrderedWindow<(string Target, ConcurrentQueue<RequestReport> Reports), TItem> window = new(Width);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // Who is asked about each one wants to see what became of it before the next question.
        if (!MyInvocation.ExpectingInput || (MyInvocation.BoundParameters.TryGetValue("Confirm", out var confirm) && IsOn(confirm)))
        {
            base.ProcessRecord();
            return;
        }

        if (ShouldProcess(Target, Action))
        {
            // Resolved here: that nobody is signed in can be said by this thread only.
            _ = Context;
            var reports = new ConcurrentQueue<RequestReport>();
            window.Add((Target, reports), CreateOrFindAsync(Request(), reports.Enqueue, StopToken));
        }

        WriteDone(wait: window.IsFull, all: false);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteDone(wait: true, all: true);

    /// <summary>What is sent, from what the parameters say now: the next row is bound while it is under way.</summary>
    private protected abstract TRequest Request();

    /// <summary>Makes it.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract Task<TItem> CreateAsync(TRequest request, Action<RequestReport> observe, CancellationToken stop);

    /// <summary>As <see cref="CreationCmdlet{TItem}.Find"/>.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract Task<TItem?> FindAsync(TRequest request, Action<RequestReport> observe, CancellationToken stop);

    private protected sealed override TItem Create() => Await((observe, stop) => CreateAsync(Request(), observe, stop));

    private protected sealed override TItem? Find() => Await((observe, stop) => FindAsync(Request(), observe, stop));

    private static bool IsOn(object confirm) => confirm is System.Management.Automation.SwitchParameter { IsPresent: true };

    private async Task<TItem> CreateOrFindAsync(TRequest request, Action<RequestReport> observe, CancellationToken stop)
    {
        try
        {
            return await CreateAsync(request, observe, stop).ConfigureAwait(false);
        }
        catch (MedatarunException taken) when (IfNotExists && taken.Code == Taken.Code)
        {
            if (await FindAsync(request, observe, stop).ConfigureAwait(false) is { } item)
            {
                return item;
            }

            // That the name is taken is the reason to tell, not that nobody is found who has it.
            throw;
        }
    }

    private void WriteDone(bool wait, bool all)
    {
        while (window.TryTake(wait, out var made, out var work))
        {
            wait = all;
            try
            {
                var item = Await((observe, _) =>
                {
                    foreach (var report in made.Reports)
                    {
                        observe(report);
                    }

                    return work;
                });
                WriteObject(View(item));
            }
            catch (MedatarunException exception)
            {
                Report(exception, made.Target);
            }
        }
    }
}
