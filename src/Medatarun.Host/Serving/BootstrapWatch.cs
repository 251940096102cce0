using Medatarun.Server;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Host.Serving;

/// <summary>
/// Notices that the first administrator was made, so that <c>server.json</c> says so before the caller has the answer: who
/// starts another command on that answer finds the new state.
/// </summary>
internal sealed class BootstrapWatch(MedatarunServer server, Action consumed)
{
    private int pending = 1;

    /// <summary>Middleware around the operations.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (Volatile.Read(ref pending) == 1 && HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.OnStarting(Check);
        }

        return next(context);
    }

    private Task Check()
    {
        if (!server.BootstrapPending && Interlocked.Exchange(ref pending, 0) == 1)
        {
            consumed();
        }

        return Task.CompletedTask;
    }
}
