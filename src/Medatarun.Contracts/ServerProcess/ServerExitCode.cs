namespace Medatarun.Contracts.ServerProcess;

/// <summary>What the exit code of <c>medatarun</c> says.</summary>
public static class ServerExitCode
{
    /// <summary>It did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>It failed, or the server refused.</summary>
    public const int Failure = 1;

    /// <summary>An argument or a configuration value is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The port is in use.</summary>
    public const int PortInUse = 3;

    /// <summary>The data folder is locked by another server, or cannot be used.</summary>
    public const int DataFolder = 4;

    /// <summary>Ended by Ctrl+C (128 and the number of SIGINT, as shells do it).</summary>
    public const int Interrupted = 130;
}
