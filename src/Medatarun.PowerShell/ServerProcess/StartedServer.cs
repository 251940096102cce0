using System.Diagnostics;
using Medatarun.Contracts;
using Medatarun.Contracts.ServerProcess;

namespace Medatarun.PowerShell.ServerProcess;

/// <summary>A server that this process started. It holds the pipe whose end tells the server that this process is gone.</summary>
/// <param name="Process">The process; its standard input is the pipe.</param>
/// <param name="State">What the server said about itself when it began to listen.</param>
/// <param name="BootstrapSecret">The secret of this start.</param>
internal sealed record StartedServer(Process Process, ServerState State, Secret BootstrapSecret)
{
    public ServerHome Home { get; } = new(State.DataPath);
}
