using System.Management.Automation;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Changes what is given of roles; what is left out stays.</summary>
[Cmdlet(VerbsCommon.Set, "MedatarunRole", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunRole))]
[MedatarunOperation("auth/role_update_name")]
[MedatarunOperation("auth/role_update_key")]
[MedatarunOperation("auth/role_update_description")]
[MedatarunOperation("auth/role_update_autoassign")]
public sealed class SetMedatarunRoleCommand : RoleChangeCmdlet
{
    /// <summary>The key from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? NewKey { get; set; }

    /// <summary>The name for people from now on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? DisplayName { get; set; }

    /// <summary>What the role is for; nothing or an empty text clears it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Whether new actors get the role by themselves; true takes this from any other role.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TruthText]
    public bool? AutoAssign { get; set; }

    private protected override string Action => "Change role";

    private protected override object? Change(string identity)
    {
        // Only what differs is sent: of a managed role, a round trip would otherwise name what cannot be changed.
        var role = Find(identity);
        var reference = KeyReference.Of(role.Id);
        Send(RoleOperations.RoleUpdateName, reference, nameof(DisplayName), DisplayName, role.Name);
        Send(RoleOperations.RoleUpdateDescription, reference, nameof(Description), Description, role.Description);
        if (AutoAssign is { } automatic && automatic != role.AutoAssign)
        {
            Invoke(RoleOperations.RoleUpdateAutoAssign, new RoleAutoAssignRequest { RoleRef = reference, Value = automatic });
        }

        // An empty column of a file names no other key.
        if (!string.IsNullOrEmpty(NewKey))
        {
            Send(RoleOperations.RoleUpdateKey, reference, nameof(NewKey), NewKey, role.Key);
        }

        return PassThru ? new MedatarunRole(Find(role.Id)) : null;
    }

    private void Send(
        Operation<RoleTextRequest, StatusResponse> operation, string reference, string parameter, string? wanted, string current)
    {
        if (IsBound(parameter) && (wanted ?? string.Empty) != current)
        {
            Invoke(operation, new RoleTextRequest { RoleRef = reference, Value = wanted ?? string.Empty });
        }
    }
}
