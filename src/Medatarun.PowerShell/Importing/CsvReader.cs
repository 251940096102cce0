using System.Text;
using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Importing;

/// <summary>
/// Reads the records of a CSV file one after another (RFC 4180): quotes, quotes in quotes, line breaks in quotes, any line ending. Import-Csv
/// would make an object of every row, at the price of many times what the row itself costs.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class CsvReader(TextReader text)
{
    // One quote that is never closed would else swallow the rest of a file of any size.
    private const int MaxRecord = 256 * 1024;

    private readonly char[] buffer = new char[64 * 1024];
    private readonly StringBuilder cell = new();
    private int next;
    private int end;

    /// <summary>What separates the cells. Default: a comma.</summary>
    public char Delimiter { get; set; } = ',';

    /// <summary>The line that is read next, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The first line of what is read next, as far as it is short enough for the buffer; null at the end.</summary>
    public string? PeekLine()
    {
        if (next > 0 || end == 0)
        {
            Array.Copy(buffer, next, buffer, 0, end - next);
            (next, end) = (0, end - next);
            end += text.ReadBlock(buffer, end, buffer.Length - end);
        }

        var line = buffer.AsSpan(next, end - next);
        var length = line.IndexOfAny('\r', '\n');
        return line.IsEmpty ? null : new string(length < 0 ? line : line[..length]);
    }

    /// <summary>Leaves out a line.</summary>
    public void SkipLine()
    {
        while (Take() is var character and >= 0 && !EndsLine(character))
        {
        }
    }

    /// <summary>Reads a record.</summary>
    /// <param name="cells">Gets its cells. One empty cell is an empty line.</param>
    /// <param name="wellFormed">Whether it follows the rules: false when something stands behind a closing quote.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>: a quote is not closed.</exception>
    public bool Read(List<string> cells, out bool wellFormed)
    {
        cells.Clear();
        wellFormed = true;
        var begin = Line;
        var character = Take();
        if (character < 0)
        {
            return false;
        }

        var length = 0;
        while (true)
        {
            character = character == '"' ? TakeQuoted(begin, ref wellFormed) : character;
            while (character >= 0 && character != Delimiter && character is not ('\r' or '\n'))
            {
                cell.Append((char)character);
                character = Take();
            }

            length += cell.Length;
            cells.Add(cell.ToString());
            cell.Clear();
            if (length > MaxRecord)
            {
                throw TooLong(begin);
            }

            if (character != Delimiter)
            {
                EndsLine(character);
                return true;
            }

            character = Take();
        }
    }

    // Returns what stands behind the closing quote.
    private int TakeQuoted(long begin, ref bool wellFormed)
    {
        while (true)
        {
            var character = Take();
            if (character < 0 || cell.Length > MaxRecord)
            {
                throw TooLong(begin);
            }

            if (character != '"')
            {
                CountLine(character);
                cell.Append((char)character);
                continue;
            }

            character = Take();
            if (character != '"')
            {
                wellFormed &= character < 0 || character == Delimiter || character is '\r' or '\n';
                return character;
            }

            cell.Append('"');
        }
    }

    // In quotes a line ending is kept as it is, and CR LF is one.
    private void CountLine(int character)
    {
        if (character == '\n' || (character == '\r' && Peek() != '\n'))
        {
            Line++;
        }
    }

    private bool EndsLine(int character)
    {
        if (character == '\r' && Peek() == '\n')
        {
            Take();
        }

        var ends = character is '\r' or '\n';
        Line += ends ? 1 : 0;
        return ends;
    }

    private int Take() => Peek() < 0 ? -1 : buffer[next++];

    private int Peek()
    {
        if (next == end)
        {
            next = 0;
            end = text.ReadBlock(buffer, 0, buffer.Length);
        }

        return next == end ? -1 : buffer[next];
    }

    private static MedatarunException TooLong(long line) => new(
        ImportFileProblems.UnreadableFile, $"A quote that is opened in the row of line {line} is not closed, or the row is longer than any row may be.");
}
