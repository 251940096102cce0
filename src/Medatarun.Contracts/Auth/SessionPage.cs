namespace Medatarun.Contracts.Auth;

/// <summary>A page of sessions.</summary>
/// <param name="Items">The sessions, the oldest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
public sealed record SessionPage(IReadOnlyList<SessionInfo> Items, string? Next);
