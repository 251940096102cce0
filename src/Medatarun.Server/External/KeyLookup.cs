namespace Medatarun.Server.External;

/// <summary>What is known of an issuer's keys.</summary>
/// <param name="Keys">The keys; null when none were ever fetched.</param>
/// <param name="Failure">Why the latest attempt to fetch them failed; null when it did not.</param>
/// <param name="RetryAfter">When they will be asked for again at the earliest.</param>
internal readonly record struct KeyLookup(IssuerKeySet? Keys, string? Failure, TimeSpan RetryAfter);
