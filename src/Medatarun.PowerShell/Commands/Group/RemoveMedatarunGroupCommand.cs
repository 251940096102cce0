using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Deletes groups; their members stay.</summary>
[Cmdlet(VerbsCommon.Remove, "MedatarunGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_delete")]
public sealed class RemoveMedatarunGroupCommand : GroupChangeCmdlet
{
    private protected override string Action => "Delete group";

    private protected override object? Change(string identity)
    {
        // Looked up before, since nothing can be shown after.
        var result = PassThru ? new MedatarunGroup(Find(identity)) : null;
        Invoke(GroupOperations.GroupDelete, new GroupReference { GroupRef = KeyReference.Of(identity) });
        return result;
    }
}
