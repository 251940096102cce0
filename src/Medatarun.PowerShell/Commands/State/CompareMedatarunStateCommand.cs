using System.Management.Automation;
using Medatarun.Client;
using Medatarun.PowerShell.DesiredState;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows what differs between what is and what should be.</summary>
[Cmdlet(VerbsData.Compare, "MedatarunState", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MedatarunStateDifference), typeof(bool))]
[MedatarunOperation("state/compare")]
public sealed class CompareMedatarunStateCommand : StateCmdlet
{
    private const string PathSet = "Path";
    private const string ObjectSet = "InputObject";

    /// <summary>The file of the state: JSON, or a PowerShell data file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The state: a hashtable, or an object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>What the state's sections do not name should be gone.</summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <summary>Says only whether nothing differs.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>A file into which the plan is written: what differs, to be applied later exactly so. Default: none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PlanPath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var (document, folder) = ReadState(Path, InputObject);
            var plan = Plan(document, Prune);
            if (PlanPath is not null)
            {
                StateFile.WritePlan(FullPath(PlanPath), plan, folder);
            }

            if (Quiet)
            {
                WriteObject(plan.Differences.Count == 0);
                return;
            }

            foreach (var difference in plan.Differences)
            {
                WriteObject(new MedatarunStateDifference(difference));
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Path);
        }
    }
}
