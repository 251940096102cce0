using System.Text.Json;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;

namespace Medatarun.Server.Http.Streams;

/// <summary>An operation over rows as HTTP reaches it: lines of JSON in, lines of JSON out, while more come in.</summary>
internal sealed class StreamEndpoint<TRequest, TRow, TResult>(
    StreamHandler<TRequest, TRow, TResult> handler, OperationPipeline pipeline, IHostApplicationLifetime lifetime)
    : OperationEndpoint(handler.Operation)
    where TRequest : class
    where TRow : class
    where TResult : class
{
    private readonly StreamOperation<TRequest, TRow, TResult> operation = handler.Operation;

    /// <summary>Refuses: a JSON object is not the form of this operation.</summary>
    public override Task RunAsync(HttpContext context, ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK) =>
        ProblemWriter.WriteAsync(context, NotLines());

    public override async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            await ProblemWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
            return;
        }

        // Who calls is settled before what they ask, and before a byte of the body is read.
        using var call = new CallContext(new HttpOrigin(context), pipeline.Now());
        var refusal = await pipeline.EnterAsync(operation, call, ConnectionToken.Read(context)) ?? CheckBody(context);
        if (refusal is not null)
        {
            await ProblemWriter.WriteAsync(context, refusal);
            return;
        }

        if (Open(context, call).Failed(out var problem, out var run))
        {
            await ProblemWriter.WriteAsync(context, problem);
            return;
        }

        using (run)
        {
            await AnswerAsync(context, run);
        }
    }

    protected override ValueTask<bool> MayCallAsync(HttpContext context) =>
        pipeline.MayCallAsync(operation, ConnectionToken.Read(context), new HttpOrigin(context));

    private Problem? CheckBody(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > operation.MaxRequestBytes)
        {
            return new Problem(
                ProblemCatalogue.RequestTooLarge, $"One call takes {operation.MaxRequestBytes / (1024 * 1024)} MiB. Send less in one call.");
        }

        var hasBody = request.ContentLength != 0 && context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: false };
        return hasBody && !RequestReader.IsOf(request, StreamMedia.Type) ? NotLines() : null;
    }

    private static Problem NotLines() => new(
        ProblemCatalogue.UnsupportedMediaType, $"The request body must be {StreamMedia.Type}: one JSON object a line.");

    private Outcome<IStreamRun<TRow, TResult>> Open(HttpContext context, CallContext call) =>
        RequestReader.Query(Operation, context.Request.Query).Failed(out var problem, out var json)
            ? problem
            : handler.Open(JsonSerializer.Deserialize(json.Span, operation.TypedRequestJson)!, call);

    private async Task AnswerAsync(HttpContext context, IStreamRun<TRow, TResult> run)
    {
        LiftLimits(context);
        var rows = new RowSource<TRow>(
            context.Request.BodyReader, operation, operation.TypedRowJson, (operation.MaxRows, operation.MaxRowBytes), lifetime.ApplicationStopping);
        var answer = new LineWriter<TResult>(context, operation.TypedResultJson);
        await foreach (var results in run.RunAsync(rows, context.RequestAborted))
        {
            await answer.WriteAsync(results, context.RequestAborted);
        }

        if (run.EndedBy is { } problem && !answer.HasBegun)
        {
            // Nothing was done: it is a refusal like any other.
            await ProblemWriter.WriteAsync(context, problem);
            return;
        }

        await answer.WriteAsync([run.Summary()], context.RequestAborted);
    }

    // The server would cut off a client that sends nothing for five seconds; this one may be waiting for its answers, which wait for
    // hashes. How long silence lasts is judged by the rows' source. Who does not take their answers is cut off as everywhere.
    private static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        // Counted by the rows' source, which can still answer.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }
    }
}
