using System.Management.Automation;
using Medatarun.Client;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that give things to owners, or take them away: roles to actors, permissions to roles, members to groups.</summary>
public abstract class AssignmentCmdlet : ConnectedCmdlet
{
    /// <summary>Returns the owner as it is afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Gives each thing to each owner, or takes it away. A failure is reported, and the others go on.</summary>
    /// <param name="owners">Names or ids of owners.</param>
    /// <param name="things">Names or ids of what they get or lose.</param>
    private protected void Assign(string[] owners, string[] things)
    {
        foreach (var owner in owners)
        {
            var changed = false;
            foreach (var thing in things)
            {
                changed |= ShouldProcess(owner, ActionOn(thing)) && Try(() => Change(owner, thing), owner);
            }

            if (changed && PassThru)
            {
                Try(() => WriteObject(Show(owner)), owner);
            }
        }
    }

    /// <summary>What is done with a thing, as <c>-WhatIf</c> says it.</summary>
    private protected abstract string ActionOn(string thing);

    /// <summary>Gives one thing to one owner, or takes it away.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract void Change(string owner, string thing);

    /// <summary>The owner as it is now.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract object Show(string owner);

    private bool Try(Action action, string owner)
    {
        try
        {
            action();
            return true;
        }
        catch (MedatarunException exception)
        {
            Report(exception, owner);
            return false;
        }
    }
}
