using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.Streams;

/// <summary>Writes results as lines. What the client does not take stays with its writer: nothing is written ahead.</summary>
internal sealed class LineWriter<TResult>(HttpContext context, JsonTypeInfo<TResult> json)
{
    /// <summary>Whether anything was written.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Writes some results, and waits until they are sent.</summary>
    public async Task WriteAsync(IReadOnlyList<TResult> results, CancellationToken cancellationToken)
    {
        Begin();
        Write(results);
        await context.Response.BodyWriter.FlushAsync(cancellationToken);
        // A flush to nobody succeeds: who has left shows here.
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Begin()
    {
        if (!HasBegun)
        {
            HasBegun = true;
            context.Response.ContentType = StreamMedia.Type;
            context.Response.Headers.CacheControl = "no-store";
        }
    }

    private void Write(IReadOnlyList<TResult> results)
    {
        var output = context.Response.BodyWriter;
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = json.Options.Encoder, SkipValidation = true });
        foreach (var result in results)
        {
            JsonSerializer.Serialize(writer, result, json);
            writer.Flush();
            writer.Reset();
            output.Write("\n"u8);
        }
    }
}
