using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Medatarun.HelpBuilder.Pages;

/// <summary>Turns Markdown into the plain paragraphs that Get-Help shows.</summary>
internal static class MarkdownText
{
    public static string Of(LeafBlock? block) => block?.Inline is null ? "" : Of(block.Inline);

    public static IEnumerable<string> Paragraphs(IEnumerable<Block> blocks) => blocks.SelectMany(TextOf);

    private static IEnumerable<string> TextOf(Block block) => block switch
    {
        CodeBlock code => [code.Lines.ToString().TrimEnd()],
        ListBlock list => [ListText(list)],
        LeafBlock leaf => [Of(leaf)],
        ContainerBlock container => Paragraphs(container),
        _ => [],
    };

    private static string ListText(ListBlock list)
    {
        var number = 0;
        return string.Join('\n', list.Select(item =>
        {
            number++;
            var bullet = list.IsOrdered ? $"{number}." : "-";
            return $"{bullet} {string.Join(' ', Paragraphs((ContainerBlock)item))}";
        }));
    }

    private static string Of(ContainerInline container)
    {
        var text = new StringBuilder();
        foreach (var inline in container)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                ContainerInline inner => Of(inner),
                _ => "",
            });
        }

        return text.ToString().Trim();
    }
}
