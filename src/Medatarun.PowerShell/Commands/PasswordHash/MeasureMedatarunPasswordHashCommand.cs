using System.Management.Automation;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows how passwords are kept, and how many imported ones are still to be upgraded.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MedatarunPasswordHash")]
[OutputType(typeof(MedatarunPasswordHashSummary))]
[MedatarunOperation("auth/password_summary")]
public sealed class MeasureMedatarunPasswordHashCommand : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryInvoke(target: null, ImportOperations.PasswordSummary, new(), out var summary))
        {
            WriteObject(new MedatarunPasswordHashSummary(summary));
        }
    }
}
