using System.Text;
using Medatarun.Client;
using Medatarun.PowerShell.Errors;

namespace Medatarun.PowerShell.Importing;

/// <summary>A file of rows that is being read: a few of them are in memory at a time, whatever its size.</summary>
internal sealed class RowFile : IDisposable
{
    private readonly FileStream file;

    private RowFile(FileStream file, string path)
    {
        this.file = file;
        Path = path;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>How much of it was read, from 0 to 100.</summary>
    public int Percent => file.Length == 0 ? 100 : (int)(file.Position * 100 / file.Length);

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>.</exception>
    public static RowFile Open(string path)
    {
        try
        {
            return new RowFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MedatarunException(ImportFileProblems.UnreadableFile, $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The rows: of JSON where the file's name ends in <c>.json</c>, of JSON lines in <c>.jsonl</c> and <c>.ndjson</c>, else of CSV.</summary>
    /// <exception cref="MedatarunException"><c>unreadable_file</c>, also amid the file.</exception>
    public IEnumerable<SourceRow> Read()
    {
        using var rows = Rows().GetEnumerator();
        while (Next(rows))
        {
            yield return rows.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private bool Next(IEnumerator<SourceRow> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception exception) when (exception is DecoderFallbackException or IOException)
        {
            var why = exception is DecoderFallbackException ? "it is neither UTF-8 nor UTF-16." : exception.Message;
            throw new MedatarunException(ImportFileProblems.UnreadableFile, $"{Path} cannot be read: {why}", exception);
        }
        catch (MedatarunException exception) when (exception.Code == ImportFileProblems.UnreadableFile.Code)
        {
            throw new MedatarunException(ImportFileProblems.UnreadableFile, $"{Path} cannot be read: {exception.Message}", exception);
        }
    }

    // Bytes that are no UTF-8 are refused: they would become other names than were meant.
    private IEnumerable<SourceRow> Rows() => System.IO.Path.GetExtension(Path).ToUpperInvariant() switch
    {
        ".JSON" => JsonRows.Read(InUtf8()),
        ".JSONL" or ".NDJSON" => JsonRows.ReadLines(Text()),
        _ => CsvRows.Read(Text()),
    };

    private StreamReader Text() =>
        new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), true, 64 * 1024, leaveOpen: true);

    // Windows PowerShell 5.1 writes JSON in UTF-16.
    private Stream InUtf8()
    {
        Span<byte> mark = stackalloc byte[3];
        var count = file.ReadAtLeast(mark, 3, throwOnEndOfStream: false);
        var encoding = mark[..count] switch
        {
            [0xEF, 0xBB, 0xBF] => Encoding.UTF8,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => null,
        };
        file.Position = encoding switch { null => 0, UTF8Encoding => 3, _ => 2 };
        return encoding is UnicodeEncoding ? Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8, leaveOpen: true) : file;
    }
}
