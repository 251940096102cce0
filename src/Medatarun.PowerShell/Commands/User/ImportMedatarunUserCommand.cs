using System.Collections.Concurrent;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Import;
using Medatarun.PowerShell.Errors;
using Medatarun.PowerShell.Importing;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates or changes users, as many as a file has.</summary>
[Cmdlet(VerbsData.Import, "MedatarunUser", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunImportedUser))]
[MedatarunOperation("auth/user_import")]
public sealed class ImportMedatarunUserCommand : ConnectedCmdlet, IUserImportOutput
{
    private const string PathSet = "Path";
    private const string ObjectSet = "InputObject";

    private readonly ConcurrentQueue<RequestReport> reports = new();
    private readonly ImportProgress progress = new();
    private UserMap? map;
    private RowFile? file;
    private UserImport? import;
    private bool? wanted;
    private int objects;

    /// <summary>CSV files, JSON files (<c>.json</c>) or files of JSON lines (<c>.jsonl</c>). A name may hold wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Rows: objects with properties named like the columns of a file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>What is done with users who exist: <c>Skip</c>, <c>Update</c> or <c>Fail</c>. Default: Skip.</summary>
    [Parameter]
    [ValidateSet("Skip", "Update", "Fail")]
    public string IfExists { get; set; } = "Skip";

    /// <summary>Gives users a password who are created and come without one.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>The name of a template, or a hashtable from members of users to columns or script blocks. Default: found out from the columns.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MapTemplateCompleter))]
    public object[]? Map { get; set; }

    /// <summary>Lets the server try everything and keep nothing.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    void IUserImportOutput.Write(MedatarunImportedUser user)
    {
        progress.Done++;
        WriteObject(user);
    }

    void IUserImportOutput.Fail(MedatarunException problem, object row)
    {
        progress.Failed++;
        WriteError(ErrorRecords.From(problem, row));
    }

    void IUserImportOutput.ShowProgress()
    {
        while (reports.TryDequeue(out var report))
        {
            WriteVerbose(report.ToString());
        }

        if (progress.Next(file?.Percent) is { } record)
        {
            WriteProgress(record);
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Run(target: null, () =>
    {
        map = new UserMap(Map);
        if (GeneratePassword && IfExists.Equals(UserImportRequest.Update, StringComparison.OrdinalIgnoreCase))
        {
            throw new MedatarunException(
                ImportFileProblems.UnknownMap, "-GeneratePassword with -IfExists Update would give everybody a new password who is there already.");
        }
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ObjectSet)
        {
            Run(target: null, AddObject, isLast: false);
            return;
        }

        foreach (var path in Path.SelectMany(path => SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _)))
        {
            if (Wanted(path))
            {
                Run(path, () => ImportFile(path));
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(target: null, () => import?.Finish());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            import?.Dispose();
            file?.Dispose();
        }

        base.Dispose(disposing);
    }

    // A dry run changes nothing, so that it is not asked about.
    private bool Wanted(string what) =>
        (DryRun && !MyInvocation.BoundParameters.ContainsKey("WhatIf")) || ShouldProcess(what, $"Import users into {Context.Url}");

    private void AddObject()
    {
        wanted ??= Wanted("Rows of the pipeline");
        if (wanted.Value)
        {
            import ??= Begin();
            import.Add(new ObjectRow(InputObject) { Number = ++objects });
        }
    }

    private void ImportFile(string path)
    {
        using (file = RowFile.Open(path))
        using (import = Begin())
        {
            foreach (var row in file.Read())
            {
                import.Add(row);
            }

            import.Finish();
        }

        (file, import) = (null, null);
    }

    private UserImport Begin()
    {
        // What is made is offered by the next key press.
        Context.Names.Forget();
        var client = Context.Client;
        var request = new UserImportRequest { IfExists = IfExists.ToLowerInvariant(), DryRun = DryRun ? true : null };
        var call = new ImportCall((rows, stop) => client.ImportUsersAsync(rows, request, reports.Enqueue, stop), StopToken);
        return new UserImport(call, map!, GeneratePassword && !DryRun, this);
    }

    // Ends the command when the import as a whole fails: each further row would fail alike.
    private void Run(object? target, Action action, bool isLast = true)
    {
        var done = false;
        try
        {
            action();
            done = true;
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (MedatarunException exception)
        {
            End(exception, target);
        }
        finally
        {
            if ((isLast || !done) && progress.Complete() is { } record)
            {
                WriteProgress(record);
            }
        }
    }
}
