namespace Medatarun.HelpBuilder.Pages;

/// <summary>An example: one block of code, and what is said about it.</summary>
internal sealed record PageExample(string Title, int Line, string Code, IReadOnlyList<string> Remarks);
