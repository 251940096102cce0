namespace Medatarun.Contracts.Auth;

/// <summary>A page of API tokens.</summary>
/// <param name="Items">The API tokens that live, the oldest first.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
public sealed record ApiTokenPage(IReadOnlyList<ApiTokenInfo> Items, string? Next);
