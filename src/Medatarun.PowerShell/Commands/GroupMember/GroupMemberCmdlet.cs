using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>
/// What the cmdlets share that put members into groups, or take them out. The pipeline offers whichever of the two is not on the
/// command line; a CSV row that has both offers both.
/// </summary>
public abstract class GroupMemberCmdlet : AssignmentCmdlet
{
    /// <summary>The groups: keys, ids, or group objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Key", "Group")]
    [IdentityText("Key", "Group", "Identity")]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Usernames, names of service accounts, ids, or user, service account or actor objects.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("UserName")]
    [IdentityText("UserName", "Member", "Subject", "Name", "Id")]
    [ArgumentCompleter(typeof(ActorNameCompleter))]
    public string[] Member { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => Assign(Identity, Member);

    /// <summary>Puts a member in, or takes them out.</summary>
    /// <param name="request">Which group, and whom.</param>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(GroupMemberRequest request);

    private protected override void Change(string owner, string thing)
    {
        var isId = Guid.TryParseExact(thing, "D", out _);
        Change(new GroupMemberRequest
        {
            GroupRef = KeyReference.Of(owner),
            Id = isId ? thing : null,
            Username = isId ? null : thing,
        });
    }

    private protected override object Show(string owner) =>
        new MedatarunGroup(Invoke(GroupOperations.GroupGet, new GroupReference { GroupRef = KeyReference.Of(owner) }));
}
