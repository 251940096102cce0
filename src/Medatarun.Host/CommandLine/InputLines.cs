using System.Buffers;
using System.IO.Pipelines;
using Medatarun.Contracts.Import;

namespace Medatarun.Host.CommandLine;

/// <summary>Reads lines of bytes, and no more of them than are asked for.</summary>
internal static class InputLines
{
    // A longer one is refused by the server in any case: of it goes as much as makes it too long.
    private const int MaxLineBytes = 2 * UserImportRequest.MaxRowBytes;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The lines of a stream, without their ends and without a byte order mark.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Of(Stream stream)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var (isFirst, isCut) = (true, false);
        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (TryTake(ref buffer, read.IsCompleted, out var line, out var isWhole))
            {
                if (!isCut)
                {
                    yield return isFirst && line.Span.StartsWith(ByteOrderMark) ? line[ByteOrderMark.Length..] : line;
                }

                (isFirst, isCut) = (false, !isWhole);
            }

            reader.AdvanceTo(buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlyMemory<byte> line, out bool isWhole)
    {
        var end = buffer.PositionOf((byte)'\n');
        isWhole = end is not null || isLast;
        if (buffer.IsEmpty || (!isWhole && buffer.Length <= MaxLineBytes))
        {
            line = default;
            return false;
        }

        var raw = end is { } found ? buffer.Slice(0, found) : buffer;
        line = raw.Slice(0, Math.Min(raw.Length, MaxLineBytes)).ToArray();
        buffer = end is { } position ? buffer.Slice(buffer.GetPosition(1, position)) : buffer.Slice(buffer.End);
        return true;
    }
}
