using System.Collections.Specialized;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.State;
using Medatarun.PowerShell.DesiredState;

namespace Medatarun.PowerShell.Commands;

/// <summary>Writes who and what exists into a file, or shows it, as a state that can be kept, compared and applied.</summary>
[Cmdlet(VerbsData.Export, "MedatarunState", SupportsShouldProcess = true)]
[OutputType(typeof(OrderedDictionary))]
[MedatarunOperation("state/export")]
public sealed class ExportMedatarunStateCommand : ConnectedCmdlet
{
    /// <summary>The file: a PowerShell data file for <c>.psd1</c>, else JSON. Default: none, the state is returned.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The sections. Default: all.</summary>
    [Parameter]
    [ValidateSet("Settings", "Permissions", "Roles", "Groups", "Users", "ServiceAccounts", "Issuers", "IssuerRules")]
    public string[]? Section { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var path = Path is null ? null : SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
            if (path is null)
            {
                WriteObject(StateObjectWriter.Write(Export()));
            }
            else if (ShouldProcess(path, "Export state"))
            {
                StateFile.Write(path, Export());
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Path);
        }
    }

    private StateDocument Export() =>
        Invoke(StateOperations.Export, new StateExportRequest { Sections = Section?.Select(WireName).ToArray() });

    private static string WireName(string section) => section.ToUpperInvariant() switch
    {
        "SERVICEACCOUNTS" => "service_accounts",
        "ISSUERRULES" => "issuer_rules",
        _ => section.ToLowerInvariant(),
    };
}
