using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>Why a server could not be started or stopped, in the form of the server's refusals.</summary>
internal static class ServerProblems
{
    public static ProblemDefinition PortInUse { get; } = new(
        "port_in_use", 0, "Port in use", "The port is in use by another program.",
        "Choose another with -Port, or -Port 0 for any free one.");

    public static ProblemDefinition ServerAlreadyRunning { get; } = new(
        "server_already_running", 0, "Server already running", "A server runs in this home already.",
        "Use it: Get-MedatarunServer shows it. Or stop it first with Stop-MedatarunServer, or choose another -Home.");

    public static ProblemDefinition ServerStartFailed { get; } = new(
        "server_start_failed", 0, "Server start failed", "The server did not start.",
        "Correct what the message names, and start again.");

    public static ProblemDefinition DotNetRuntimeMissing { get; } = new(
        "dot_net_runtime_missing", 0, ".NET runtime missing", "The server needs the ASP.NET Core runtime 10, which is not on this machine.",
        "Install it from https://dotnet.microsoft.com/download, or use a self-contained package of Medatarun.");

    public static ProblemDefinition ServerNotFound { get; } = new(
        "server_not_found", 0, "Server not found", "There is no such server.",
        "Get-MedatarunServer shows the servers that this PowerShell knows; name another by its -Home.");

    public static ProblemDefinition ServerStopFailed { get; } = new(
        "server_stop_failed", 0, "Server stop failed", "The server could not be stopped.",
        "It may belong to another user. Stop it as that user.");
}
