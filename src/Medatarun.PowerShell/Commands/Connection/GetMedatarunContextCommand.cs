using System.Management.Automation;
using Medatarun.Client;
using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows the sign-in that cmdlets would use now; nothing when there is none. Never the token.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunContext")]
[OutputType(typeof(MedatarunContext))]
public sealed class GetMedatarunContextCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Resolve() is not { } context)
        {
            return;
        }

        if (context.UserName is not null)
        {
            WriteObject(context);
            return;
        }

        // A token from the environment says nothing that may be believed: the server is asked.
        try
        {
            WriteObject(Await((observe, stop) => ConnectionStore.LookUpAsync(context.Client, context.Origin, observe, stop)));
        }
        catch (MedatarunException exception)
        {
            Report(exception, context);
        }
    }
}
