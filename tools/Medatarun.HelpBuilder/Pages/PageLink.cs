namespace Medatarun.HelpBuilder.Pages;

/// <summary>A related page. <see cref="Uri"/> is empty for a page of the same module.</summary>
internal sealed record PageLink(string Text, string Uri);
