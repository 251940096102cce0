using System.Buffers;

namespace Medatarun.Server.Http.Streams;

/// <summary>
/// Cuts bytes into lines. Lines end with LF or CR LF, the last one may end with neither, and empty ones are none. Of a line that is
/// too long nothing is kept but that there was one.
/// </summary>
/// <param name="maxLineBytes">The longest line, in bytes.</param>
internal sealed class RowLines(int maxLineBytes)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private bool isFirst = true;
    private bool skipping;

    /// <summary>Takes the next line out of a buffer; false when there is no whole one.</summary>
    /// <param name="buffer">What has come; shortened by what is done with.</param>
    /// <param name="isLast">Whether no more will come.</param>
    /// <param name="line">The line; null for one that is too long.</param>
    public bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlyMemory<byte>? line)
    {
        line = null;
        while (!buffer.IsEmpty)
        {
            var end = buffer.PositionOf((byte)'\n');
            if (end is null && !isLast && (skipping || buffer.Length <= maxLineBytes + 1))
            {
                buffer = skipping ? buffer.Slice(buffer.End) : buffer;
                return false;
            }

            var raw = end is { } found ? buffer.Slice(0, found) : buffer;
            buffer = end is { } position ? buffer.Slice(buffer.GetPosition(1, position)) : buffer.Slice(buffer.End);
            var wasSkipping = skipping;
            // One that has no end yet is too long already: the rest of it is not looked at.
            skipping = end is null && !isLast;
            if (!wasSkipping && TryRead(raw, out line))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryRead(ReadOnlySequence<byte> raw, out ReadOnlyMemory<byte>? line)
    {
        line = null;
        if (raw.Length > maxLineBytes + 1)
        {
            isFirst = false;
            return true;
        }

        var bytes = raw.IsSingleSegment ? raw.First : raw.ToArray();
        bytes = isFirst && bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        isFirst = false;
        bytes = bytes.TrimEnd(" \t\r"u8);
        if (bytes.Span.TrimStart(" \t"u8).IsEmpty)
        {
            return false;
        }

        line = bytes.Length > maxLineBytes ? null : bytes;
        return true;
    }
}
