using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Exporting;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Writes all users into a file, or shows them, in the form in which Import-MedatarunUser takes them.</summary>
[Cmdlet(VerbsData.Export, "MedatarunUser", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunExportedUser))]
[MedatarunOperation("auth/user_export")]
public sealed class ExportMedatarunUserCommand : ConnectedCmdlet
{
    /// <summary>The file: JSON for <c>.json</c>, JSON lines for <c>.jsonl</c>, else CSV. Default: none, the users are returned.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Exports password hashes too, which needs the permission <c>hash_export</c>.</summary>
    [Parameter]
    public SwitchParameter IncludePasswordHash { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (Path is null)
            {
                foreach (var user in Users())
                {
                    WriteObject(new MedatarunExportedUser(user));
                }

                return;
            }

            var path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
            if (ShouldProcess(path, IncludePasswordHash ? "Export users with password hashes" : "Export users"))
            {
                NewFile.Write(path, Write);
            }
        }
        catch (MedatarunException exception)
        {
            Report(exception, Path);
        }
    }

    private void Write(Stream file)
    {
        using var writer = Writer(file);
        foreach (var user in Users())
        {
            writer.Write(user);
        }
    }

    private IUserWriter Writer(Stream file) => System.IO.Path.GetExtension(Path)!.ToUpperInvariant() switch
    {
        ".JSON" => new JsonUserWriter(file, lines: false),
        ".JSONL" or ".NDJSON" => new JsonUserWriter(file, lines: true),
        _ => new CsvUserWriter(file, IncludePasswordHash),
    };

    private IEnumerable<UserImportRow> Users() => Paging.Read((limit, after) =>
    {
        var page = Invoke(ImportOperations.UserExport, new UserExportRequest
        {
            Limit = limit,
            After = after,
            IncludeHashes = IncludePasswordHash ? true : null,
        });
        return (page.Items, page.Next);
    });
}
