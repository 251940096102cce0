using System.Buffers;
using System.Threading.Channels;
using Medatarun.Contracts.Import;

namespace Medatarun.Client.Import;

/// <summary>Rows that go to the server in one request, and the results that come back.</summary>
/// <param name="before">How many rows went before.</param>
internal sealed class ImportPiece(int before)
{
    public const int MaxRows = 500;

    private const int MaxBytes = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> body = new();
    private readonly List<ImportLine> lines = [];

    /// <summary>How many rows went before.</summary>
    public int Before => before;

    public int Rows => lines.Count;

    public ReadOnlyMemory<byte> Body => body.WrittenMemory;

    /// <summary>What became of the rows so far. Never more than there are rows.</summary>
    public Channel<UserImportResult> Results { get; } = Channel.CreateUnbounded<UserImportResult>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    /// <summary>Whether another row fits. The first always does.</summary>
    public bool HasRoomFor(ImportLine line) => Rows == 0 || (Rows < MaxRows && body.WrittenCount + line.Json.Length < MaxBytes);

    public void Add(ImportLine line)
    {
        body.Write(line.Json.Span);
        body.Write("\n"u8);
        // The bytes are in the body; of the row only whom it is about is kept.
        lines.Add(line with { Json = default });
    }

    /// <summary>The row with this number in the piece, from 1.</summary>
    public ImportLine this[int row] => lines[row - 1];

    /// <summary>Whether both are about the same user or address, so that it matters which is first.</summary>
    public bool Meets(ImportPiece other)
    {
        var names = Names().ToHashSet(StringComparer.OrdinalIgnoreCase);
        return other.Names().Any(names.Contains);
    }

    private IEnumerable<string> Names() => lines.SelectMany(line => new[] { line.Username, line.Email }).OfType<string>().Where(name => name.Length > 0);
}
