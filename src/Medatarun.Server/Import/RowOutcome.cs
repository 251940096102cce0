namespace Medatarun.Server.Import;

/// <summary>What became of a row in the store.</summary>
/// <param name="Status"><c>created</c>, <c>updated</c> or <c>existing</c>.</param>
/// <param name="Id">Whose; null for somebody whom an earlier row of a dry run would have made.</param>
internal readonly record struct RowOutcome(string Status, Guid? Id);
