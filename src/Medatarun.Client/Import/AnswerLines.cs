using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;

namespace Medatarun.Client.Import;

/// <summary>Reads the lines of an import's answer.</summary>
/// <param name="stream">The answer's body.</param>
internal sealed class AnswerLines(Stream stream)
{
    // No line that a server of ours writes is as long; what goes on without an end is not kept.
    private const int MaxLineBytes = 256 * 1024;

    private readonly PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next line; null at the end.</summary>
    /// <exception cref="MedatarunException"><c>unexpected_answer</c>: the line is not one of an import.</exception>
    public async ValueTask<UserImportResult?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var result = Parse(read.Buffer.Slice(0, end));
                reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return result;
            }

            if (read.IsCompleted)
            {
                // Half a line is none.
                return null;
            }

            if (read.Buffer.Length > MaxLineBytes)
            {
                throw new MedatarunException(ClientProblems.UnexpectedAnswer);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static UserImportResult Parse(ReadOnlySequence<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MedatarunJson.MaxDepth });
            return JsonSerializer.Deserialize(ref json, MedatarunJson.Context.UserImportResult)
                ?? throw new MedatarunException(ClientProblems.UnexpectedAnswer);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new MedatarunException(ClientProblems.UnexpectedAnswer, inner: exception);
        }
    }
}
