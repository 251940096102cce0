using System.Management.Automation;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>Shows the running servers of this session and of the default home, or the one of a given home.</summary>
[Cmdlet(VerbsCommon.Get, "MedatarunServer")]
[OutputType(typeof(MedatarunServerInfo))]
public sealed class GetMedatarunServerCommand : ServerCmdlet
{
    /// <summary>Home folders: the servers that run there, whoever started them. Default: the servers that this PowerShell knows.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[]? Home { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var server in Home is null ? Known() : Home.Select(home => HomeOf(home).ReadRunning()))
        {
            if (server is not null)
            {
                WriteObject(new MedatarunServerInfo(server, MedatarunServerState.Running));
            }
        }
    }
}
