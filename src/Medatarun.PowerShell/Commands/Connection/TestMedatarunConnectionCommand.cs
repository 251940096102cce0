using System.Management.Automation;
using Medatarun.Client;
using Medatarun.PowerShell.Connection;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Says whether the server answers and accepts the sign-in, and with -Detailed why not. Never an error.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MedatarunConnection")]
[OutputType(typeof(bool), typeof(MedatarunConnectionTest))]
public sealed class TestMedatarunConnectionCommand : MedatarunCmdlet
{
    /// <summary>The sign-in to test. Default: the one that cmdlets would use now.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public MedatarunContext? Connection { get; set; }

    /// <summary>Returns an object that says why, instead of true or false.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var result = Examine();
        WriteObject(Detailed ? result : result.Success);
    }

    private MedatarunConnectionTest Examine()
    {
        MedatarunContext? context = null;
        try
        {
            context = ConnectionStore.Resolve(Connection) ?? throw new MedatarunException(ModuleProblems.NotConnected);
            var found = Await((observe, stop) =>
                ConnectionStore.LookUpAsync(context.Client, context.Origin, observe, stop));
            return new MedatarunConnectionTest(true, reason: null, detail: null, found.Url, found.UserName);
        }
        catch (MedatarunException exception)
        {
            return new MedatarunConnectionTest(
                false, ErrorRecords.IdOf(exception.Code), exception.Message, context?.Url, context?.UserName);
        }
    }
}
