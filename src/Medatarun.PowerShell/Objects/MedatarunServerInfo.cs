using System.Security;
using Medatarun.Contracts.ServerProcess;
using Medatarun.PowerShell.Parameters;
using Medatarun.PowerShell.ServerProcess;

namespace Medatarun.PowerShell.Objects;

/// <summary>A Medatarun server on this machine, as it was when the object was made.</summary>
public sealed class MedatarunServerInfo
{
    internal MedatarunServerInfo(ServerState server, MedatarunServerState state)
    {
        Id = server.Pid;
        State = state.ToString();
        Url = server.Url;
        DataPath = server.DataPath;
        LogPath = server.LogPath;
        Version = server.Version;
        StartedAt = server.StartedAt;
        Detached = server.Detached;
        Ephemeral = server.Ephemeral;
        BootstrapSecret = state == MedatarunServerState.Running && server.BootstrapPending
            && SessionServers.SecretOf(server.Pid) is { } secret
                ? SecureText.Hide(secret.Reveal())
                : null;
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary><c>Running</c> or <c>Stopped</c>.</summary>
    public string State { get; }

    /// <summary>Where the server listens.</summary>
    public Uri Url { get; }

    /// <summary>The folder of its data: its home.</summary>
    public string DataPath { get; }

    /// <summary>Its log file.</summary>
    public string LogPath { get; }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>When it began to listen (UTC).</summary>
    public DateTimeOffset StartedAt { get; }

    /// <summary>Whether it outlives the PowerShell that started it.</summary>
    public bool Detached { get; }

    /// <summary>Whether it deletes its data when it stops.</summary>
    public bool Ephemeral { get; }

    /// <summary>
    /// The one-time secret that makes the first administrator; null when there is one, and when another PowerShell started
    /// the server: the secret is in no file.
    /// </summary>
    public SecureString? BootstrapSecret { get; }

    /// <summary>The address and the process id.</summary>
    public override string ToString() => $"{Url.OriginalString} (process {Id})";
}
