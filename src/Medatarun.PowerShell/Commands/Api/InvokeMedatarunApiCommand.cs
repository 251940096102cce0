using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Operations;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Calls any operation by its name, with the sign-in of the other cmdlets.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MedatarunApi", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeMedatarunApiCommand : ConnectedCmdlet
{
    private static readonly char[] Separators = ['/', ' '];

    /// <summary>The operation: <c>user_list</c>; with its group, <c>auth/user_list</c> or <c>'auth user_list'</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiNameCompleter))]
    public string Operation { get; set; } = string.Empty;

    /// <summary>The members of the request: a hashtable, an object, or the text of a JSON object. Default: none.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public object? Body { get; set; }

    /// <summary>The operation's group, unless the operation names it. Default: auth.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ApiNameCompleter))]
    public string Group { get; set; } = "auth";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var parts = Operation.Split(Separators, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (group, operation) = parts.Length == 2 ? (parts[0], parts[1]) : (Group, Operation);
        var name = $"{group}/{operation}";
        try
        {
            var body = ApiBody.Write(Body);
            // What this version does not know is taken to change something.
            var readsOnly = OperationCatalogue.Find(group, operation) is { ReadOnly: true };
            if (readsOnly || ShouldProcess(Context.Url.ToString(), $"Call {name}"))
            {
                var answer = Await((observe, stop) => Context.Client.InvokeRawAsync(group, operation, body, observe, stop));
                WriteObject(ApiAnswer.Read(answer), enumerateCollection: true);
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, name);
        }
    }
}
