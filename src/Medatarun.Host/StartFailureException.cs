namespace Medatarun.Host;

/// <summary>The program cannot do what it was asked. The message is one sentence for whoever asked, and is all they see.</summary>
/// <param name="exitCode">One of <see cref="Contracts.ServerProcess.ServerExitCode"/>.</param>
/// <param name="message">One sentence.</param>
internal sealed class StartFailureException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
