using System.Management.Automation;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Enables users again. An enabled one stays enabled.</summary>
[Cmdlet(VerbsLifecycle.Enable, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunUser))]
[MedatarunOperation("auth/user_enable")]
public sealed class EnableMedatarunUserCommand : UserCmdlet
{
    /// <summary>Usernames, ids, or user objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Returns the enabled user.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var identity in Identity)
        {
            if (ShouldProcess(identity, "Enable user")
                && TryInvoke(identity, AuthOperations.UserEnable, Reference(identity), out _)
                && PassThru)
            {
                WriteUser(identity);
            }
        }
    }
}
