using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.ServerProcess;

namespace Medatarun.PowerShell.Commands;

/// <summary>Stops servers and starts them again with the same home, port and manner.</summary>
[Cmdlet(VerbsLifecycle.Restart, "MedatarunServer", SupportsShouldProcess = true, DefaultParameterSetName = ServerSet)]
[OutputType(typeof(MedatarunServerInfo))]
public sealed class RestartMedatarunServerCommand : ServerCmdlet
{
    private const string ServerSet = "Server";
    private const string HomeSet = "Home";

    /// <summary>The servers to restart. Default: those of this session, or where there is none, the one of the default home.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ServerSet)]
    [ValidateNotNull]
    public PSObject[]? Server { get; set; }

    /// <summary>The home folders of the servers to restart.</summary>
    [Parameter(Mandatory = true, ParameterSetName = HomeSet)]
    [ValidateNotNullOrEmpty]
    public string[] Home { get; set; } = [];

    /// <summary>How many seconds the stop may take, and again the start. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = DefaultTimeout;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in Targets().ToList())
        {
            // A server that has stopped meanwhile is only started: that it runs afterwards is what was asked for.
            if (ShouldProcess(Target(server), "Restart Medatarun server") && (!IsRunning(server) || TryStop(server, Timeout)))
            {
                if (server.Ephemeral)
                {
                    WriteWarning($"The server in {server.DataPath} is ephemeral: it starts again without its data.");
                }

                WriteObject(Start(Again(server)));
            }
        }
    }

    private IEnumerable<ServerState> Targets()
    {
        if (ParameterSetName == HomeSet)
        {
            return Home.Select(FindByHome).OfType<ServerState>();
        }

        if (Server is not null || MyInvocation.ExpectingInput)
        {
            return (Server ?? []).Select(StateOf).OfType<ServerState>();
        }

        var own = Own().ToList();
        if (own.Count == 0)
        {
            Report(new MedatarunException(ServerProblems.ServerNotFound, "This PowerShell knows no server that runs."), null);
        }

        return own;
    }

    private ServerState? FindByHome(string path)
    {
        var home = HomeOf(path);
        if (home.ReadRunning() is { } running)
        {
            return running;
        }

        Report(new MedatarunException(ServerProblems.ServerNotFound, $"No server runs in {home.Path}."), path);
        return null;
    }

    private static string Target(ServerState server) =>
        $"{server.Url.OriginalString} (process {server.Pid}, {server.DataPath}{(server.Ephemeral ? ", ephemeral: its data will be lost" : "")})";

    private ServerLaunch Again(ServerState server) => new()
    {
        Home = new ServerHome(server.DataPath),
        Port = server.Url.Port,
        Ephemeral = server.Ephemeral,
        Detached = server.Detached,
        BootstrapSecret = StartMedatarunServerCommand.NewSecret(),
        Timeout = TimeSpan.FromSeconds(Timeout),
    };
}
