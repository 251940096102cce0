using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Medatarun.Server.Http;

/// <summary>Runs an endpoint of ours; what it did not expect becomes a problem here, and never reaches a client as text.</summary>
internal sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> log)
{
    /// <summary>An endpoint with the headers and the failure handling that all of ours have.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="refuse">Writes a problem. Default: as a problem document.</param>
    public RequestDelegate Around(Func<HttpContext, Task> endpoint, Func<HttpContext, Problem, Task>? refuse = null) => async context =>
    {
        context.Response.Headers["X-Request-Id"] = context.TraceIdentifier;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await endpoint(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left: there is nobody to answer.
        }
#pragma warning disable CA1031 // The boundary of the product: an exception is a fault, logged here and answered without its text.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await (refuse ?? ProblemWriter.WriteAsync)(context, Translate(exception, context));
        }
    };

    private Problem Translate(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ProblemCatalogue.RequestTooLarge;
            case BadHttpRequestException:
                return ProblemCatalogue.MalformedRequest;
            case StoreUnavailableException:
                LogStoreUnavailable(exception.Message, context.TraceIdentifier);
                return new Problem(ProblemCatalogue.StorageUnavailable) { RetryAfter = TimeSpan.FromSeconds(2) };
            default:
                LogFault(exception, context.TraceIdentifier);
                return ProblemCatalogue.InternalError;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason} (request {RequestId})")]
    private partial void LogStoreUnavailable(string reason, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected fault in request {RequestId}")]
    private partial void LogFault(Exception exception, string requestId);
}
