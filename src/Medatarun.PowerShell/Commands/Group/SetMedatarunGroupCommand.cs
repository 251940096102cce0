using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Changes what is given of groups; what is left out stays.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunGroup", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunGroup))]
[MedatarunOperation("auth/group_update")]
public sealed class SetMedatarunGroupCommand : GroupChangeCmdlet
{
    /// <summary>The key from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? NewKey { get; set; }

    /// <summary>What the group is for; nothing or an empty text clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    private protected override string Action => "Change group";

    private protected override object? Change(string identity)
    {
        var group = Invoke(GroupOperations.GroupUpdate, new GroupUpdateRequest
        {
            GroupRef = KeyReference.Of(identity),
            // An empty column of a file names no other key.
            Key = string.IsNullOrEmpty(NewKey) ? null : NewKey,
            Description = IsBound(nameof(Description)) ? Description ?? string.Empty : null,
        });
        return PassThru ? new MedatarunGroup(group) : null;
    }
}
