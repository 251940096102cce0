namespace Medatarun.HelpBuilder.Pages;

/// <summary>What a page says about a cmdlet. What reflection knows is not in it.</summary>
internal sealed record CmdletPage(
    string Name,
    string File,
    string Synopsis,
    IReadOnlyList<string> Description,
    IReadOnlyList<PageParameter> Parameters,
    IReadOnlyList<PageExample> Examples,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<string> Notes,
    IReadOnlyList<PageLink> Links);
