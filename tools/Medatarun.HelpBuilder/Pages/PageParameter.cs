namespace Medatarun.HelpBuilder.Pages;

/// <summary>What a page says about a parameter. <see cref="Default"/> is null when the page names none.</summary>
internal sealed record PageParameter(string Name, int Line, IReadOnlyList<string> Description, string? Default);
