namespace Medatarun.Contracts.State;

/// <summary>A member that differs. Never a secret.</summary>
/// <param name="Member">Its name in the document.</param>
/// <param name="From">What it is, as text, lists with commas; null for what does not exist.</param>
/// <param name="To">What it should be.</param>
public sealed record StateChange(string Member, string? From, string? To);
