using System.Buffers;
using System.Text.Json;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>An operation as HTTP reaches it.</summary>
internal abstract class OperationEndpoint(Operation operation)
{
    public Operation Operation { get; } = operation;

    /// <summary>Runs the operation over a JSON object and answers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="json">What it asks.</param>
    /// <param name="status">The status of success; 204 answers without a body.</param>
    public abstract Task RunAsync(HttpContext context, ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK);

    /// <summary>Whether who sends a request may call the operation at this moment.</summary>
    protected abstract ValueTask<bool> MayCallAsync(HttpContext context);

    /// <summary>Reads the request by its method, runs the operation and answers.</summary>
    public virtual async Task InvokeAsync(HttpContext context)
    {
        var isGet = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!HttpMethods.IsPost(context.Request.Method) && !(isGet && Operation.ReadOnly))
        {
            context.Response.Headers.Allow = Operation.ReadOnly ? "GET, HEAD, POST" : "POST";
            await ProblemWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
            return;
        }

        var json = isGet ? RequestReader.Query(Operation, context.Request.Query)
            // What a stranger sends is not read when it may be large: they are refused for who they are.
            : Operation.MaxRequestBytes > RequestReader.MaxBodyBytes && !await MayCallAsync(context) ? ReadOnlyMemory<byte>.Empty
            : await RequestReader.BodyAsync(context, Operation.MaxRequestBytes);
        if (json.Problem is { } problem)
        {
            await ProblemWriter.WriteAsync(context, problem);
            return;
        }

        await RunAsync(context, json.Value);
    }
}

/// <summary>An operation as HTTP reaches it, with its request and answer.</summary>
internal sealed class OperationEndpoint<TRequest, TResponse>(
    OperationHandler<TRequest, TResponse> handler, OperationPipeline pipeline) : OperationEndpoint(handler.Operation)
    where TRequest : class
    where TResponse : class
{
    private readonly Operation<TRequest, TResponse> operation = handler.TypedOperation;

    public override async Task RunAsync(HttpContext context, ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK)
    {
        if (handler.Unavailable is { } unavailable)
        {
            await ProblemWriter.WriteAsync(context, unavailable);
            return;
        }

        // Who calls is settled before what they ask: a stranger learns nothing of how a request must look.
        var token = operation.Access.Kind == AccessKind.Public ? null : ConnectionToken.Read(context);
        var outcome = RequestReader.Parse(operation, json).Failed(out var malformed, out var request) && token is null
                && operation.Access.Kind != AccessKind.Public
            ? ProblemCatalogue.AuthenticationRequired
            : malformed is not null
                ? malformed
                : await pipeline.RunAsync(handler, request!, token, new HttpOrigin(context), Abandoned(context));
        if (outcome.Failed(out var problem, out var answer))
        {
            await ProblemWriter.WriteAsync(context, problem);
            return;
        }

        Answer(context, status, answer);
    }

    protected override ValueTask<bool> MayCallAsync(HttpContext context) =>
        pipeline.MayCallAsync(operation, ConnectionToken.Read(context), new HttpOrigin(context));

    // The server makes this token when it is asked for; what only reads waits for nothing, and never looks at it.
    private CancellationToken Abandoned(HttpContext context) => operation.ReadOnly ? CancellationToken.None : context.RequestAborted;

    private void Answer(HttpContext context, int status, TResponse answer)
    {
        var response = context.Response;
        response.StatusCode = status;
        // Answers are about people and their authority, which change: no cache keeps them.
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status204NoContent)
        {
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(answer, operation.TypedResponseJson);
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // Sent together with the headers when the request ends.
            response.BodyWriter.Write(body);
        }
    }
}
