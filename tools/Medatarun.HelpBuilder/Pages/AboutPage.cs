using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Medatarun.Contracts.Problems;

namespace Medatarun.HelpBuilder.Pages;

/// <summary>An about_ topic.</summary>
internal sealed record AboutPage(string Name, string File, MarkdownDocument Document)
{
    private const string ErrorTableMarker = "<!-- error-table -->";

    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables(new PipeTableOptions { RequireHeaderSeparator = true }).Build();

    public static AboutPage Read(string file, IReadOnlyList<ProblemDefinition> problems)
    {
        var text = System.IO.File.ReadAllText(file).Replace(ErrorTableMarker, ErrorTable.Markdown(problems), StringComparison.Ordinal);
        return new AboutPage(Path.GetFileNameWithoutExtension(file), file, Markdown.Parse(text, Pipeline));
    }
}
