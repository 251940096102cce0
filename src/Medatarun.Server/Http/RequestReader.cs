using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Medatarun.Server.Http;

/// <summary>Reads what a request asks: a JSON body, or a query string for operations that only read.</summary>
internal static class RequestReader
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>The JSON of a request, an empty one for an empty body.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> BodyAsync(HttpContext context) =>
        (await RawBodyAsync(context)).Failed(out var problem, out var body) ? problem
        : body.Length > 0 && !IsOf(context.Request, "application/json") ? ProblemCatalogue.UnsupportedMediaType
        : body;

    /// <summary>The body of a request, of whatever kind.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> RawBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > MaxBodyBytes)
        {
            return ProblemCatalogue.RequestTooLarge;
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || request.ContentLength == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        try
        {
            return await ReadToEndAsync(request.BodyReader, context.RequestAborted);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A chunk whose length no number holds: the only broken body that is not told with an exception of its own.
            return ProblemCatalogue.MalformedRequest;
        }
    }

    private static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadToEndAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBodyBytes)
            {
                return ProblemCatalogue.RequestTooLarge;
            }

            if (read.IsCompleted)
            {
                ReadOnlyMemory<byte> whole = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return whole;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Whether a request says that its body is of this media type, in UTF-8.</summary>
    public static bool IsOf(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a JSON object as a request.</summary>
    public static Outcome<TRequest> Parse<TRequest, TResponse>(Operation<TRequest, TResponse> operation, ReadOnlyMemory<byte> body)
        where TRequest : class
        where TResponse : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.IsEmpty ? "{}"u8 : body.Span, operation.TypedRequestJson) is { } request
                ? request
                : ProblemCatalogue.MalformedRequest;
        }
        catch (JsonException exception)
        {
            return Explain(operation, body, exception);
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair.
            return ProblemCatalogue.MalformedRequest;
        }
    }

    /// <summary>The JSON object that a query string stands for.</summary>
    public static Outcome<ReadOnlyMemory<byte>> Query(Operation operation, IQueryCollection query)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var member in operation.Members)
        {
            if (query.TryGetValue(member.Name, out var values) && values.Count > 0 && !MemberText.TryWrite(json, member, values))
            {
                return Problem.OfMember(
                    ProblemCatalogue.InvalidRequest, member.Name, $"'{member.Name}' must be {MemberText.TypeName(member)}.");
            }
        }

        json.WriteEndObject();
        json.Flush();
        return (ReadOnlyMemory<byte>)buffer.WrittenMemory;
    }

    // The serializer says where it stopped. A path into the object is a member's fault; anything else is not JSON.
    private static Problem Explain(Operation operation, ReadOnlyMemory<byte> body, JsonException exception)
    {
        var name = exception is { InnerException: not JsonException, Path: ['$', '.', .. var path] }
            ? path.Split('.', '[')[0]
            : null;
        var member = operation.Members.FirstOrDefault(candidate => candidate.Name == name || candidate.Alias == name);
        return member is null || name is null
            ? ProblemCatalogue.MalformedRequest
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest,
                name,
                IsRepeated(body, name) ? $"'{name}' appears more than once." : $"'{name}' must be {MemberText.TypeName(member)}.");
    }

    private static bool IsRepeated(ReadOnlyMemory<byte> body, string name)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth });
        return document.RootElement.EnumerateObject().Count(member => member.NameEquals(name)) > 1;
    }
}
