using System.Runtime.CompilerServices;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;

namespace Medatarun.Client.Import;

/// <summary>A row as it is sent, and whom it is about, where that can be read.</summary>
/// <param name="Json">The row, in UTF-8, without a line's end.</param>
/// <param name="Username">The username.</param>
/// <param name="Email">The e-mail address.</param>
internal readonly record struct ImportLine(ReadOnlyMemory<byte> Json, string? Username, string? Email)
{
    public static async IAsyncEnumerable<ImportLine> Of(
        IAsyncEnumerable<UserImportRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var row in rows.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return new ImportLine(JsonSerializer.SerializeToUtf8Bytes(row, MedatarunJson.Context.UserImportRow), row.Username, row.Email);
        }
    }

    public static async IAsyncEnumerable<ImportLine> Of(
        IAsyncEnumerable<ReadOnlyMemory<byte>> lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var line in lines.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                var row = TryRead(line.Span);
                yield return new ImportLine(line, row?.Username, row?.Email);
            }
        }
    }

    // What is wrong with a line is for the server to say.
    private static UserImportRow? TryRead(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, MedatarunJson.Context.UserImportRow);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
