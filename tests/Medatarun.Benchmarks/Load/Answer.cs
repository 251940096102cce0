namespace Medatarun.Benchmarks.Load;

/// <summary>An answer as it came.</summary>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body);
