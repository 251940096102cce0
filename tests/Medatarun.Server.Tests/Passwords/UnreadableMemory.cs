using System.Buffers;

namespace Medatarun.Server.Tests.Passwords;

/// <summary>Memory that fails when it is read.</summary>
internal sealed class UnreadableMemory : MemoryManager<byte>
{
    public ReadOnlyMemory<byte> Of(int bytes) => CreateMemory(bytes);

    public override Span<byte> GetSpan() => throw new IOException("unreadable");

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
    }
}
