using System.Management.Automation;
using Medatarun.Client;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that change or remove things that are there.</summary>
public abstract class ChangeCmdlet : ConnectedCmdlet
{
    /// <summary>Returns what was changed, as it is afterwards, or what was removed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, as <c>-WhatIf</c> says it.</summary>
    private protected abstract string Action { get; }

    /// <summary>Changes each thing. A failure is reported, and the others go on.</summary>
    /// <param name="identities">Names or ids.</param>
    private protected void ChangeEach(string[] identities)
    {
        foreach (var identity in identities)
        {
            if (!ShouldProcess(identity, Action))
            {
                continue;
            }

            try
            {
                if (Change(identity) is { } result)
                {
                    WriteObject(result);
                }
            }
            catch (MedatarunException exception)
            {
                Report(exception, identity);
            }
        }
    }

    /// <summary>Changes one thing.</summary>
    /// <param name="identity">A name or an id.</param>
    /// <returns>What <c>-PassThru</c> shows; null without it.</returns>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract object? Change(string identity);
}
