using System.Buffers.Text;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.PowerShell.DesiredState;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;
using Medatarun.PowerShell.ServerProcess;

namespace Medatarun.PowerShell.Commands;

/// <summary>Starts a server on this machine and returns when it answers.</summary>
[Cmdlet(VerbsLifecycle.Start, "MedatarunServer", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunServerInfo))]
public sealed class StartMedatarunServerCommand : ServerCmdlet
{
    private const string SecretVariable = "MEDATARUN_AUTH_BOOTSTRAP_SECRET";

    // As the server makes it (contract): 48 random bytes.
    private const int SecretBytes = 48;

    /// <summary>The port; 0 for any free one. Default: the configured one, else 8080.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The folder of the server's data. Default: MEDATARUN_HOME, else a folder of the user's application data.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Home { get; set; }

    /// <summary>Keeps the data in a new folder that the server deletes when it stops. Default: a temporary one.</summary>
    [Parameter]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary>The one-time secret that makes the first administrator, at least 20 characters. Default: a random one.</summary>
    [Parameter]
    [ValidateNotNull]
    [SecretText]
    public SecureString? BootstrapSecret { get; set; }

    /// <summary>Lets the server outlive this PowerShell, Ctrl+C and a closed terminal.</summary>
    [Parameter]
    public SwitchParameter Detached { get; set; }

    /// <summary>The state that a server begins with which has nobody yet: JSON, or a PowerShell data file. Default: none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <summary>How many seconds the server may take until it answers. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = DefaultTimeout;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var home = Ephemeral && Home is null ? ServerHome.New() : HomeOf(Home);
        if (home.ReadRunning() is { } running)
        {
            End(
                new MedatarunException(ServerProblems.ServerAlreadyRunning, $"A server runs in {home.Path} already, at {running.Url.OriginalString}."),
                new MedatarunServerInfo(running, MedatarunServerState.Running));
        }

        if (ShouldProcess(home.Path, "Start Medatarun server"))
        {
            WriteObject(StartWith(new ServerLaunch
            {
                Home = home,
                Port = IsBound(nameof(Port)) ? Port : null,
                Ephemeral = Ephemeral,
                Detached = Detached,
                BootstrapSecret = BootstrapSecret is { } given ? SecureText.Reveal(given) : NewSecret(),
                Timeout = TimeSpan.FromSeconds(Timeout),
            }));
        }
    }

    private MedatarunServerInfo StartWith(ServerLaunch launch)
    {
        if (StatePath is null)
        {
            return Start(launch);
        }

        try
        {
            using var state = InitialState.Open(SessionState.Path.GetUnresolvedProviderPathFromPSPath(StatePath));
            return Start(launch with { StatePath = state.Path });
        }
        catch (MedatarunException exception)
        {
            End(exception, StatePath);
            throw;
        }
    }

    /// <summary>The secret of a start for which none is given: the environment's, since this is what its name says, else a random one.</summary>
    internal static Secret NewSecret() => new(
        Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } configured
            ? configured
            : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));
}
