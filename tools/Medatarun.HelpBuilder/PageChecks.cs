using System.Text.RegularExpressions;
using Markdig.Syntax;
using Medatarun.HelpBuilder.Pages;
using Medatarun.HelpBuilder.Surface;
using Medatarun.HelpBuilder.Writing;

namespace Medatarun.HelpBuilder;

/// <summary>Finds where pages and cmdlets disagree, and where a page says too little.</summary>
internal static partial class PageChecks
{
    private const int FewestExamples = 2;

    public static void Check(
        string pageFolder, IReadOnlyList<CmdletPage> pages, IReadOnlyList<CmdletSurface> cmdlets, List<Finding> findings)
    {
        findings.AddRange(cmdlets.ExceptBy(pages.Select(page => page.Name), cmdlet => cmdlet.Name)
            .Select(cmdlet => new Finding(Path.Combine(pageFolder, $"{cmdlet.Name}.md"), 1, $"{cmdlet.Name} has no page")));
        foreach (var page in pages)
        {
            var cmdlet = cmdlets.FirstOrDefault(candidate => candidate.Name == page.Name);
            findings.AddRange(cmdlet is null
                ? [new Finding(page.File, 1, $"there is no cmdlet {page.Name}")]
                : Content(page).Concat(Parameters(page, cmdlet)));
        }
    }

    public static void Check(IReadOnlyList<AboutPage> topics, List<Finding> findings) => findings.AddRange(topics.SelectMany(Topic));

    private static IEnumerable<Finding> Topic(AboutPage topic)
    {
        if (topic.Document.FirstOrDefault() is not HeadingBlock { Level: 1 } title || MarkdownText.Of(title) != topic.Name)
        {
            yield return new Finding(topic.File, 1, $"the topic starts with '# {topic.Name}'");
        }

        foreach (var code in topic.Document.Descendants<CodeBlock>())
        {
            if (code.Lines.ToString().Split('\n').Any(line => line.Length > AboutWriter.CodeWidth))
            {
                yield return new Finding(topic.File, code.Line + 1, $"a line of code is longer than {AboutWriter.CodeWidth} characters");
            }
        }
    }

    private static IEnumerable<Finding> Content(CmdletPage page)
    {
        if (page.Synopsis.Length == 0)
        {
            yield return new Finding(page.File, 1, "the synopsis is empty");
        }

        if (page.Description.Count == 0)
        {
            yield return new Finding(page.File, 1, "the description is empty");
        }

        if (page.Examples.Count < FewestExamples)
        {
            yield return new Finding(page.File, 1, $"there are fewer than {FewestExamples} examples");
        }

        if (!page.Examples.Any(example => Pipeline().IsMatch(example.Code)))
        {
            yield return new Finding(page.File, 1, "no example uses the pipeline");
        }
    }

    private static IEnumerable<Finding> Parameters(CmdletPage page, CmdletSurface cmdlet)
    {
        var real = cmdlet.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in page.Parameters)
        {
            if (!real.Remove(parameter.Name))
            {
                yield return new Finding(page.File, parameter.Line, $"{page.Name} has no parameter -{parameter.Name}, or it is described twice");
            }
            else if (parameter.Description.Count == 0)
            {
                yield return new Finding(page.File, parameter.Line, $"-{parameter.Name} has no description");
            }
        }

        foreach (var missing in real.Order(StringComparer.Ordinal))
        {
            yield return new Finding(page.File, 1, $"-{missing} is not described");
        }
    }

    [GeneratedRegex(@"(^|\s)\|(\s|$)", RegexOptions.Multiline)]
    private static partial Regex Pipeline();
}
