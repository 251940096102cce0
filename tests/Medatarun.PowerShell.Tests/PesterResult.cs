namespace Medatarun.PowerShell.Tests;

/// <summary>What became of one Pester test.</summary>
/// <param name="Suite">The file, without its ending.</param>
/// <param name="Name">The test, with the blocks it stands in.</param>
/// <param name="Result"><c>Passed</c>, <c>Failed</c>, or another word of Pester.</param>
/// <param name="Duration">Milliseconds.</param>
/// <param name="Message">Why it failed or was skipped; empty when it passed.</param>
public sealed record PesterResult(string Suite, string Name, string Result, double Duration, string Message);
