using System.Diagnostics;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.ServerProcess;

namespace Medatarun.PowerShell.Commands;

/// <summary>Stops servers. One that has stopped already is no error.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MedatarunServer", SupportsShouldProcess = true, DefaultParameterSetName = ServerSet)]
[OutputType(typeof(MedatarunServerInfo))]
public sealed class StopMedatarunServerCommand : ServerCmdlet
{
    private const string ServerSet = "Server";
    private const string IdSet = "Id";
    private const string HomeSet = "Home";

    /// <summary>The servers to stop. Default: those of this session, or where there is none, the one of the default home.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    public PSObject[]? Server { get; set; }

    /// <summary>The process ids of the servers to stop.</summary>
    [Parameter(Mandatory = true, ParameterSetName = IdSet)]
    public int[] Id { get; set; } = [];

    /// <summary>The home folders of the servers to stop.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HomeSet)]
    [ValidateNotNullOrEmpty]
    public string[] Home { get; set; } = [];

    /// <summary>How many seconds a server may take to finish what it is doing. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = DefaultTimeout;

    /// <summary>Returns the servers in their last state.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in Targets().ToList())
        {
            if (!IsRunning(server))
            {
                SessionServers.Remove(server.Pid);
                Pass(server);
            }
            else if (ShouldProcess($"{server.Url.OriginalString} (process {server.Pid}, {server.DataPath})", "Stop Medatarun server")
                && TryStop(server, Timeout))
            {
                Pass(server);
            }
        }
    }

    private IEnumerable<ServerState> Targets() => ParameterSetName switch
    {
        IdSet => Id.Select(FindById).OfType<ServerState>(),
        HomeSet => Home.Select(home => HomeOf(home).ReadRunning()).OfType<ServerState>(),
        // A variable that turns out to be empty must not stop every server.
        _ => Server is not null || MyInvocation.ExpectingInput ? (Server ?? []).Select(StateOf).OfType<ServerState>() : Own(),
    };

    private ServerState? FindById(int id)
    {
        if (Known().FirstOrDefault(server => server.Pid == id) is { } known)
        {
            return known;
        }

        if (IsProcess(id))
        {
            Report(new MedatarunException(ServerProblems.ServerNotFound, $"Process {id} is no Medatarun server that this PowerShell knows."), id);
        }

        return null;
    }

    private static bool IsProcess(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private void Pass(ServerState server)
    {
        if (PassThru)
        {
            WriteObject(new MedatarunServerInfo(server, MedatarunServerState.Stopped));
        }
    }
}
