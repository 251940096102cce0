namespace Medatarun.Contracts.Import;

/// <summary>How many rows of an import were what.</summary>
/// <param name="Rows">How many were answered.</param>
/// <param name="Created">How many users were made.</param>
/// <param name="Updated">How many were changed.</param>
/// <param name="Existing">How many were there already, and left as they were.</param>
/// <param name="Failed">How many rows were refused.</param>
public sealed record UserImportSummary(int Rows, int Created, int Updated, int Existing, int Failed);
