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
    /// <summary>The largest body of a request that is no operation's, in bytes; and of whoever may not call an operation that takes more.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    private const int Kibibyte = 1024;
    private const int Mebibyte = 1024 * Kibibyte;

    /// <summary>The JSON of a request, an empty one for an empty body.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> BodyAsync(HttpContext context, int maxBytes) =>
        (await RawBodyAsync(context, maxBytes)).Failed(out var problem, out var body) ? problem
        : body.Length > 0 && !IsOf(context.Request, "application/json") ? ProblemCatalogue.UnsupportedMediaType
        : body;

    /// <summary>The body of a request, of whatever kind.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> RawBodyAsync(HttpContext context, int maxBytes = MaxBodyBytes)
    {
        var request = context.Request;
        if (request.ContentLength > maxBytes)
        {
            return TooLarge(maxBytes);
        }

        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || request.ContentLength == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            return await ReadToEndAsync(request.BodyReader, maxBytes, context.RequestAborted);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // A chunk whose length no number holds: the only broken body that is not told with an exception of its own.
            return ProblemCatalogue.MalformedRequest;
        }
    }

    private static async ValueTask<Outcome<ReadOnlyMemory<byte>>> ReadToEndAsync(
        PipeReader body, int maxBytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                return TooLarge(maxBytes);
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

    private static Problem TooLarge(int maxBytes) => new(
        ProblemCatalogue.RequestTooLarge,
        $"The request body is larger than {(maxBytes % Mebibyte == 0 ? $"{maxBytes / Mebibyte} MiB" : $"{maxBytes / Kibibyte} KiB")}.");

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
            return ExplainWhole(operation, body, exception);
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

    // It stopped at a member before it had seen the end, which may be no JSON at all.
    private static Problem ExplainWhole(Operation operation, ReadOnlyMemory<byte> body, JsonException exception)
    {
        try
        {
            return Explain(operation, body, exception);
        }
        catch (JsonException)
        {
            return ProblemCatalogue.MalformedRequest;
        }
    }

    // The serializer says where it stopped. A path into the object is a member's fault; anything else is not JSON.
    private static Problem Explain(Operation operation, ReadOnlyMemory<byte> body, JsonException exception)
    {
        var place = exception is { InnerException: not JsonException, Path: ['$', '.', .. var path] } ? path : "";
        var name = place.Split('.', '[')[0];
        var member = operation.Members.FirstOrDefault(candidate => candidate.Name == name || candidate.Alias == name);
        return member is null ? ProblemCatalogue.MalformedRequest
            : member.IsJson && place.Length > name.Length + 1 ? OfPlace(operation, place[(name.Length + 1)..])
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest,
                name,
                IsRepeated(body, name) ? $"'{name}' appears more than once." : $"'{name}' must be {MemberText.TypeName(member)}.");
    }

    // A place within a structured member, as those name it who only know that: users[3].fullname.
    private static Problem OfPlace(Operation operation, string place) => Problem.OfMember(
        operation.Unreadable, place, $"'{place}' is not known here, stands there twice, or is not of the type that it must be.");

    private static bool IsRepeated(ReadOnlyMemory<byte> body, string name)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MedatarunJson.MaxDepth });
        return document.RootElement.EnumerateObject().Count(member => member.NameEquals(name)) > 1;
    }
}
