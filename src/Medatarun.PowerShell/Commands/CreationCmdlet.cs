using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets share that make things which have a name of their own.</summary>
/// <typeparam name="TItem">What the server answers.</typeparam>
public abstract class CreationCmdlet<TItem> : ConnectedCmdlet
    where TItem : class
{
    /// <summary>Returns what has the name already, unchanged, instead of an error.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <summary>What is done, as <c>-WhatIf</c> says it.</summary>
    private protected abstract string Action { get; }

    /// <summary>The name of what is made.</summary>
    private protected abstract string Target { get; }

    /// <summary>The refusal that says that the name is taken.</summary>
    private protected abstract ProblemDefinition Taken { get; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Target, Action))
        {
            return;
        }

        try
        {
            WriteObject(View(CreateOrFind()));
        }
        catch (MedatarunException exception)
        {
            Report(exception, Target);
        }
    }

    /// <summary>What an empty column of a file means: nothing was said.</summary>
    /// <param name="text">The column.</param>
    private protected static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Makes it.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract TItem Create();

    /// <summary>What has the name already; null when nothing can be shown, as of a deleted user, whose name stays taken.</summary>
    /// <exception cref="MedatarunException">It failed.</exception>
    private protected abstract TItem? Find();

    /// <summary>What is written.</summary>
    private protected abstract object View(TItem item);

    private TItem CreateOrFind()
    {
        try
        {
            return Create();
        }
        catch (MedatarunException taken) when (IfNotExists && taken.Code == Taken.Code)
        {
            if (Find() is { } item)
            {
                return item;
            }

            // That the name is taken is the reason to tell, not that nobody is found who has it.
            throw;
        }
    }
}
