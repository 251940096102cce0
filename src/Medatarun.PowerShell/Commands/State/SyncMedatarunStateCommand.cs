using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Client.State;
using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.PowerShell.DesiredState;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Makes what is what should be: all of it, or nothing.</summary>
[Cmdlet(VerbsData.Sync, "MedatarunState", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunStateDifference))]
[MedatarunOperation("state/apply")]
public sealed class SyncMedatarunStateCommand : StateCmdlet
{
    private const string PathSet = "Path";
    private const string ObjectSet = "InputObject";
    private const string PlanSet = "Plan";

    /// <summary>The file of the state: JSON, or a PowerShell data file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The state: a hashtable, or an object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>A plan that Compare-MedatarunState made.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <summary>What the state's sections do not name is deleted.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = ObjectSet)]
    public SwitchParameter Prune { get; set; }

    /// <summary>Returns what was changed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var (plan, folder) = Planned();
            if (IsOn("WhatIf"))
            {
                Show(plan);
            }
            else if (plan.Differences.Count > 0 && ShouldProcess($"{Context.Url}", $"Apply {plan.Differences.Count} changes"))
            {
                Apply(plan, folder);
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Path ?? PlanPath);
        }
    }

    private (StatePlan Plan, string Folder) Planned()
    {
        if (PlanPath is not null)
        {
            var path = FullPath(PlanPath);
            return (StateFile.ReadPlan(path), StateFile.FolderOf(path));
        }

        var (document, folder) = ReadState(Path, InputObject);
        return (Plan(document, Prune), folder);
    }

    // One line for each change. Of a plan that was kept, whether it is still the one that would be applied is asked first.
    private void Show(StatePlan plan)
    {
        if (PlanPath is not null && Plan(plan.Document, plan.Prune).Fingerprint != plan.Fingerprint)
        {
            throw new MedatarunException(ImportProblems.StateChanged);
        }

        foreach (var difference in plan.Differences.Select(difference => new MedatarunStateDifference(difference)))
        {
            var changes = string.Join("; ", difference.Changes);
            ShouldProcess($"{difference.Kind} {difference.Name}", changes.Length == 0 ? difference.Action : $"{difference.Action} ({changes})");
        }
    }

    private void Apply(StatePlan plan, string folder)
    {
        // What somebody has looked at, in a plan or when they were asked, is done exactly so or not at all.
        var seen = PlanPath is not null || IsOn("Confirm");
        var applied = Await((observe, stop) => Context.Client.ApplyStateAsync(plan, folder, seen, observe, stop));
        Context.Names.Forget();
        if (PassThru)
        {
            foreach (var difference in applied.Differences)
            {
                WriteObject(new MedatarunStateDifference(difference));
            }
        }
    }

    // The switch, or the preference that stands for it.
    private bool IsOn(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out var given)
            ? given is SwitchParameter { IsPresent: true }
            : name == "WhatIf" && LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
