using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Connection;

namespace Medatarun.PowerShell.Commands;

/// <summary>Ends a session on the server and forgets it here. An API token is only forgotten.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Medatarun", SupportsShouldProcess = true)]
[MedatarunOperation("auth/logout")]
public sealed class DisconnectMedatarunCommand : MedatarunCmdlet
{
    /// <summary>The sign-in to end. Default: what Connect-Medatarun kept.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public MedatarunContext? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // A token in the environment is whose who set it: it is neither ended nor forgotten here.
        if ((Connection ?? ConnectionStore.Current) is not { } context || !ShouldProcess(context.ToString(), "Disconnect"))
        {
            return;
        }

        try
        {
            Await((observe, stop) => context.Client.InvokeAsync(AuthOperations.Logout, new(), observe, stop));
        }
        catch (MedatarunException exception) when (exception.Status == 401)
        {
            // It had ended already, which is what was wanted.
            WriteVerbose(exception.Message);
        }
        catch (MedatarunException exception) when (exception.Code == ProblemCatalogue.SessionRequired.Code)
        {
            WriteVerbose("The connection has an API token, which has no session to end. It is forgotten here, and good until it is revoked.");
        }
        catch (MedatarunException exception)
        {
            Report(exception, context);
        }
        finally
        {
            // Also when the server could not be told, which the error says.
            ConnectionStore.Forget(context);
        }
    }
}
