using System.Management.Automation;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change users who are there: whom, and whether to show them afterwards.</summary>
public abstract class UserChangeCmdlet : UserCmdlet
{
    /// <summary>Usernames, ids, or user objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name", "UserName", "Id")]
    [IdentityText("UserName", "Identity", "Name", "Id")]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>Returns the user.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, as <c>-WhatIf</c> says it.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var identity in Identity)
        {
            if (ShouldProcess(identity, Action))
            {
                Change(identity);
            }
        }
    }

    /// <summary>Changes one user, and writes it if that is wanted.</summary>
    /// <param name="identity">A username or an id.</param>
    private protected abstract void Change(string identity);
}
