using System.Globalization;
using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.ServerProcess;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;
using Medatarun.PowerShell.ServerProcess;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets about servers share: how a server is named and found.</summary>
public abstract class ServerCmdlet : MedatarunCmdlet
{
    /// <summary>The default of the time-outs, in seconds.</summary>
    protected const int DefaultTimeout = 30;

    /// <summary>The home of a path as it is written in PowerShell; the default home for null.</summary>
    private protected ServerHome HomeOf(string? path)
    {
        if (path is null)
        {
            return ServerHome.Default();
        }

        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? new ServerHome(Path.TrimEndingDirectorySeparator(Path.GetFullPath(full)))
            : throw new PSArgumentException($"'{path}' is not a folder of the file system.");
    }

    /// <summary>The servers of this session that run, then the one of the default home.</summary>
    private protected static IEnumerable<ServerState> Known()
    {
        var own = SessionServers.All.Select(server => server.Home.ReadRunning() ?? server.State).Where(IsRunning).ToList();
        return ServerHome.Default().ReadRunning() is { } other && own.TrueForAll(server => server.Pid != other.Pid) ? [.. own, other] : own;
    }

    /// <summary>The running servers of this session; where there is none, the one of the default home.</summary>
    private protected static IEnumerable<ServerState> Own()
    {
        var known = Known().ToList();
        var own = known.Where(server => SessionServers.Find(server.Pid) is not null).ToList();
        return own.Count > 0 ? own : known;
    }

    /// <summary>The server that an object of the pipeline means: what is running of it, and what the object says.</summary>
    /// <param name="server">A <see cref="MedatarunServerInfo"/>, also a deserialized one.</param>
    /// <returns>Null when the object names no server, which has been reported.</returns>
    private protected ServerState? StateOf(PSObject server)
    {
        if (PipelineValue.FirstText(server, "DataPath") is { } home
            && PipelineValue.FirstText(server, "Id") is { } text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && Uri.TryCreate(PipelineValue.FirstText(server, "Url"), UriKind.Absolute, out var url))
        {
            return new ServerHome(home).ReadRunning() is { } running && running.Pid == id ? running : new ServerState
            {
                Pid = id,
                Url = url,
                Version = PipelineValue.FirstText(server, "Version") ?? "",
                StartedAt = default,
                DataPath = home,
                LogPath = PipelineValue.FirstText(server, "LogPath") ?? "",
                BootstrapPending = false,
                Detached = PipelineValue.FirstText(server, "Detached") == bool.TrueString,
                Ephemeral = PipelineValue.FirstText(server, "Ephemeral") == bool.TrueString,
            };
        }

        Report(new MedatarunException(ServerProblems.ServerNotFound, "The object is not a server of Get-MedatarunServer."), server);
        return null;
    }

    /// <summary>Whether exactly this server still runs: its process id may be another program's by now.</summary>
    private protected static bool IsRunning(ServerState server) => new ServerHome(server.DataPath).ReadRunning()?.Pid == server.Pid;

    /// <summary>Starts a server, or ends the command with why it did not.</summary>
    private protected MedatarunServerInfo Start(ServerLaunch launch)
    {
        try
        {
            var server = Await(new ServerStarter(launch).StartAsync);
            return new MedatarunServerInfo(server.State, MedatarunServerState.Running);
        }
        catch (MedatarunException exception)
        {
            var running = exception.Code == ServerProblems.ServerAlreadyRunning.Code ? launch.Home.ReadRunning() : null;
            End(exception, running is null ? launch.Home.Path : new MedatarunServerInfo(running, MedatarunServerState.Running));
            throw;
        }
    }

    /// <summary>Stops a server; reports why not.</summary>
    /// <returns>Whether it has stopped.</returns>
    private protected bool TryStop(ServerState server, int timeout) => TryAwait(
        server.DataPath,
        async (_, stop) =>
        {
            await ServerStopper.StopAsync(server, TimeSpan.FromSeconds(timeout), stop).ConfigureAwait(false);
            return server;
        },
        out _);
}
