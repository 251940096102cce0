using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Host.Serving;

/// <summary>
/// What ends the server. SIGTERM and, at a terminal, Ctrl+C let requests in flight finish; a second Ctrl+C does not wait.
/// A managed server leaves the terminal's keys to the shell, and a detached one its closing too.
/// </summary>
internal sealed class ServerLifetime(IHostApplicationLifetime application, ServeArguments arguments, ManagedInput? input) : IHostLifetime, IDisposable
{
    /// <summary>How long requests in flight may take to finish.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    // Who kills a shell expects its server to be gone with it; what is cut off was never acknowledged.
    private static readonly TimeSpan DrainTimeOfAbandoned = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> registrations = [];
    private int interrupts;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        Handle(PosixSignal.SIGTERM, Stop);
        Handle(PosixSignal.SIGINT, arguments.Managed ? Ignore : StopOrLeave);
        Handle(PosixSignal.SIGQUIT, arguments.Managed ? Ignore : StopOrLeave);
        Handle(PosixSignal.SIGHUP, arguments.Detached ? Ignore : Stop);
        if (!arguments.Detached)
        {
            input?.Watch(Abandoned);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Handle(PosixSignal signal, Action<PosixSignalContext> handler) =>
        registrations.Add(PosixSignalRegistration.Create(signal, handler));

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        application.StopApplication();
    }

    private void StopOrLeave(PosixSignalContext context)
    {
        if (Interlocked.Increment(ref interrupts) == 1)
        {
            Stop(context);
        }
    }

    private void Abandoned()
    {
        application.StopApplication();
        Thread.Sleep(DrainTimeOfAbandoned);
        Environment.Exit(Contracts.ServerProcess.ServerExitCode.Success);
    }
}
