namespace Medatarun.Contracts.Import;

/// <summary>A page of users in the form of an import.</summary>
/// <param name="Items">The users, by username.</param>
/// <param name="Next">What the next page begins after; null when this is the last.</param>
public sealed record UserExportPage(IReadOnlyList<UserImportRow> Items, string? Next);
