namespace Medatarun.HelpBuilder;

/// <summary>Something that is wrong with a page.</summary>
internal sealed record Finding(string File, int Line, string Message);
