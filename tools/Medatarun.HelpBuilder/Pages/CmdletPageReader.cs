using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Medatarun.HelpBuilder.Pages;

/// <summary>Reads the page of a cmdlet. Its form is described in CONTRIBUTING.md.</summary>
internal static class CmdletPageReader
{
    private const string DefaultPrefix = "Default: ";

    private static readonly string[] Sections =
        ["Synopsis", "Description", "Parameters", "Examples", "Inputs", "Outputs", "Notes", "Related links"];

    public static CmdletPage Read(string file, List<Finding> findings)
    {
        var document = Markdown.Parse(System.IO.File.ReadAllText(file));
        var name = Path.GetFileNameWithoutExtension(file);
        if (document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || MarkdownText.Of(title) != name)
        {
            findings.Add(new Finding(file, 1, $"the page starts with '# {name}'"));
        }

        var sections = Split(document, 2).ToList();
        findings.AddRange(sections.Where(section => !Sections.Contains(section.Title))
            .Select(section => new Finding(file, section.Line, $"'{section.Title}' is no section of a page: {string.Join(", ", Sections)}")));
        findings.AddRange(Sections.Except(sections.Select(section => section.Title))
            .Select(missing => new Finding(file, 1, $"the section '## {missing}' is missing")));

        IReadOnlyList<Block> Blocks(string section) => sections.Find(found => found.Title == section)?.Blocks ?? [];
        IReadOnlyList<string> Text(string section) => [.. MarkdownText.Paragraphs(Blocks(section))];

        return new CmdletPage(
            name,
            file,
            string.Join(' ', Text("Synopsis")),
            Text("Description"),
            [.. Split(Blocks("Parameters"), 3).Select(Parameter)],
            [.. Split(Blocks("Examples"), 3).Select(section => Example(section, file, findings))],
            Text("Inputs"),
            Text("Outputs"),
            Text("Notes"),
            [.. Links(Blocks("Related links"))]);
    }

    /// <summary>The parts under each heading of a level; what stands before the first is left out.</summary>
    private static IEnumerable<Section> Split(IEnumerable<Block> blocks, int level)
    {
        Section? current = null;
        foreach (var block in blocks)
        {
            if (block is HeadingBlock heading && heading.Level == level)
            {
                if (current is not null)
                {
                    yield return current;
                }

                current = new Section(MarkdownText.Of(heading), heading.Line + 1, []);
            }
            else
            {
                current?.Blocks.Add(block);
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    private static PageParameter Parameter(Section section)
    {
        var paragraphs = MarkdownText.Paragraphs(section.Blocks).ToList();
        var text = paragraphs.Find(paragraph => paragraph.StartsWith(DefaultPrefix, StringComparison.Ordinal));
        return new PageParameter(
            section.Title.TrimStart('-'),
            section.Line,
            [.. paragraphs.Where(paragraph => paragraph != text)],
            text?[DefaultPrefix.Length..].TrimEnd('.'));
    }

    private static PageExample Example(Section section, string file, List<Finding> findings)
    {
        var code = section.Blocks.OfType<FencedCodeBlock>().ToList();
        if (code is not [{ Info: "powershell" }])
        {
            findings.Add(new Finding(file, section.Line, $"example '{section.Title}' holds exactly one ```powershell block"));
        }

        return new PageExample(
            section.Title,
            section.Line,
            code.FirstOrDefault()?.Lines.ToString().TrimEnd() ?? "",
            [.. MarkdownText.Paragraphs(section.Blocks.Where(block => block is not FencedCodeBlock))]);
    }

    private static IEnumerable<PageLink> Links(IEnumerable<Block> blocks) =>
        from list in blocks.OfType<ListBlock>()
        from item in list.Cast<ListItemBlock>()
        from link in item.Descendants<LinkInline>()
        let isPage = link.Url?.EndsWith(".md", StringComparison.Ordinal) ?? true
        select new PageLink(link.FirstChild?.ToString() ?? "", isPage ? "" : link.Url!);

    private sealed record Section(string Title, int Line, List<Block> Blocks);
}
