namespace Medatarun.Server.External;

/// <summary>What came of fetching keys.</summary>
/// <param name="Keys">The keys; null when they could not be fetched.</param>
/// <param name="Failure">Why not; null when they could.</param>
internal sealed record KeyFetch(IssuerKeySet? Keys, string? Failure);
