using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Disables users and ends their sessions. A disabled one stays disabled.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_disable")]
public sealed class DisableMedatarunUserCommand : UserCmdlet
{
    /// <summary>Usernames, ids, or user objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Returns the disabled user.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var identity in Identity)
        {
            if (ShouldProcess(identity, "Disable user")
                && TryInvoke(identity, AuthOperations.UserDisable, Reference(identity), out _)
                && PassThru)
            {
                WriteUser(identity);
            }
        }
    }
}
