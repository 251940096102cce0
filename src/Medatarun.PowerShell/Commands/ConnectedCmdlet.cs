using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Operations;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Commands;

/// <summary>A cmdlet that talks to the server as somebody.</summary>
public abstract class ConnectedCmdlet : MedatarunCmdlet
{
    private MedatarunContext? resolved;

    /// <summary>
    /// The sign-in to use. Default: what Connect-Medatarun kept, else MEDATARUN_AUTH_TOKEN with MEDATARUN_PUBLIC_BASE_URL.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public MedatarunContext? Connection { get; set; }

    /// <summary>The sign-in, looked for when it is first needed; ends the command when there is none.</summary>
    private protected MedatarunContext Context => resolved ??= Resolve() ?? Missing();

    /// <summary>The sign-in, or null when there is none.</summary>
    private protected MedatarunContext? Resolve()
    {
        try
        {
            return ConnectionStore.Resolve(Connection);
        }
        catch (MedatarunException exception)
        {
            End(exception, target: null);
            return null;
        }
    }

    /// <summary>Calls an operation.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected TResponse Invoke<TRequest, TResponse>(Operation<TRequest, TResponse> operation, TRequest request)
        where TRequest : class
        where TResponse : class =>
        Await((observe, stop) => SendAsync(operation, request, observe, stop));

    /// <summary>Calls an operation for one item; a failure is reported.</summary>
    /// <param name="target">The row or name that a failure is about.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="answer">What was answered.</param>
    /// <returns>False when it failed.</returns>
    private protected bool TryInvoke<TRequest, TResponse>(
        object? target, Operation<TRequest, TResponse> operation, TRequest request, [NotNullWhen(true)] out TResponse? answer)
        where TRequest : class
        where TResponse : class =>
        TryAwait(target, (observe, stop) => SendAsync(operation, request, observe, stop), out answer);

    /// <summary>Calls an operation, for work that goes on while the pipeline's thread does something else.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected async Task<TResponse> SendAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, Action<RequestReport> observe, CancellationToken stop)
        where TRequest : class
        where TResponse : class
    {
        var context = Context;
        var answer = await context.Client.InvokeAsync(operation, request, observe, stop).ConfigureAwait(false);
        if (!operation.ReadOnly)
        {
            // What was made is offered by the next key press, and what was removed is not.
            context.Names.Forget();
        }

        return answer;
    }

    [DoesNotReturn]
    private MedatarunContext Missing()
    {
        End(new MedatarunException(ModuleProblems.NotConnected), target: null);
        return null;
    }
}
