using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Commands;

/// <summary>What every cmdlet shares: it can be stopped, it reports its requests, and it fails in one way.</summary>
public abstract class MedatarunCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<RequestReport> reports = new();

    /// <summary>Cancelled when the user presses Ctrl+C or the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => stopping.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            stopping.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command ended by itself while it was being stopped.
        }
    }

    /// <summary>Lets go of what the command held.</summary>
    /// <param name="disposing">False when called by the finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // What is under way when the pipeline ends early, as with Select-Object -First, ends with it.
            stopping.Cancel();
            stopping.Dispose();
        }
    }

    /// <summary>Whether the user gave a parameter, on the command line or through the pipeline; null counts as given.</summary>
    private protected bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Waits for asynchronous work on the pipeline's thread, the only one that may write to streams.</summary>
    /// <param name="work">Gets the observer of its requests and the token that stops it.</param>
    /// <exception cref="MedatarunException">The work failed.</exception>
    /// <exception cref="PipelineStoppedException">The user stopped it, which is no error.</exception>
    private protected T Await<T>(Func<Action<RequestReport>, CancellationToken, Task<T>> work)
    {
        try
        {
            return work(reports.Enqueue, stopping.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        finally
        {
            while (reports.TryDequeue(out var report))
            {
                WriteVerbose(report.ToString());
            }
        }
    }

    /// <summary>As <see cref="Await"/>, for one item: when that fails, the failure is reported and the pipeline goes on.</summary>
    /// <param name="target">The row or name that a failure is about.</param>
    /// <param name="work">The work.</param>
    /// <param name="result">What came of it.</param>
    /// <returns>False when it failed.</returns>
    private protected bool TryAwait<T>(
        object? target, Func<Action<RequestReport>, CancellationToken, Task<T>> work, [NotNullWhen(true)] out T? result)
        where T : class
    {
        try
        {
            result = Await(work);
            return true;
        }
        catch (MedatarunException exception)
        {
            Report(exception, target);
            result = null;
            return false;
        }
    }

    /// <summary>Reports a failure: it ends the command where every further item would fail alike, and else only the item.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">The row or name that it happened to.</param>
    private protected void Report(MedatarunException exception, object? target)
    {
        if (ErrorRecords.EndsCommand(exception))
        {
            End(exception, target);
        }

        WriteError(ErrorRecords.From(exception, target));
    }

    /// <summary>Ends the command with a failure.</summary>
    /// <param name="exception">What happened.</param>
    /// <param name="target">What it happened to.</param>
    [DoesNotReturn]
    private protected void End(MedatarunException exception, object? target)
    {
        ThrowTerminatingError(ErrorRecords.From(exception, target));
        throw new UnreachableException();
    }
}
