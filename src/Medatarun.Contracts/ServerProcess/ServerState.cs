namespace Medatarun.Contracts.ServerProcess;

/// <summary>What a running server says about itself in <c>server.json</c> under its home. It holds no secret.</summary>
public sealed record ServerState
{
    /// <summary>The file's name, under the home.</summary>
    public const string FileName = "server.json";

    /// <summary>The name of the file that is held open exclusively while a server runs, under the home.</summary>
    public const string LockFileName = "medatarun.lock";

    /// <summary>The process id.</summary>
    public required int Pid { get; init; }

    /// <summary>Where the server really listens: with port 0 this is the only way to know.</summary>
    public required Uri Url { get; init; }

    /// <summary>The server's version.</summary>
    public required string Version { get; init; }

    /// <summary>When the server began to listen (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The folder of its data: its home.</summary>
    public required string DataPath { get; init; }

    /// <summary>Its log file.</summary>
    public required string LogPath { get; init; }

    /// <summary>Whether there is no administrator yet.</summary>
    public required bool BootstrapPending { get; init; }

    /// <summary>Whether the server outlives the PowerShell that started it.</summary>
    public required bool Detached { get; init; }

    /// <summary>Whether the server deletes its home when it stops.</summary>
    public required bool Ephemeral { get; init; }
}
