namespace Medatarun.Contracts.Auth;

/// <summary>A page of users.</summary>
/// <param name="Items">The users, ordered by username.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
public sealed record UserPage(IReadOnlyList<UserInfo> Items, string? Next);
