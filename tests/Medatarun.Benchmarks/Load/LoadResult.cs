namespace Medatarun.Benchmarks.Load;

/// <summary>What a load run saw.</summary>
internal sealed record LoadResult(
    double PerSecond, double ServerMicroseconds, double MedianMilliseconds, double Percentile99Milliseconds);
