using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Medatarun.HelpBuilder.Pages;

namespace Medatarun.HelpBuilder.Writing;

/// <summary>Writes an about_ topic as the plain text that Get-Help shows: at most 80 columns.</summary>
internal sealed class AboutWriter
{
    /// <summary>The longest line of code that fits: code cannot be broken.</summary>
    public const int CodeWidth = Width - (2 * Step);

    private const int Width = 80;

    private const int Step = 4;

    private readonly StringBuilder text = new();

    private AboutWriter()
    {
    }

    public static string Write(AboutPage page)
    {
        var writer = new AboutWriter();
        writer.Lines("TOPIC", 0);
        writer.Lines(page.Name, Step);
        foreach (var block in page.Document.Skip(1))
        {
            writer.Block(block, Step);
        }

        return writer.text.ToString();
    }

    private void Block(Block block, int indent)
    {
        if (block is HtmlBlock)
        {
            return;
        }

        text.Append('\n');
        switch (block)
        {
            case HeadingBlock { Level: 2 } heading:
                Lines(MarkdownText.Of(heading).ToUpperInvariant(), 0);
                break;
            case HeadingBlock heading:
                Lines(MarkdownText.Of(heading), Step / 2);
                break;
            case CodeBlock code:
                Code(code, indent + Step);
                break;
            case Table table:
                WriteTable(table, indent);
                break;
            default:
                foreach (var paragraph in MarkdownText.Paragraphs([block]))
                {
                    Lines(paragraph, indent);
                }

                break;
        }
    }

    private void Code(CodeBlock code, int indent)
    {
        foreach (var line in code.Lines.ToString().TrimEnd().Split('\n'))
        {
            text.Append((new string(' ', indent) + line).TrimEnd()).Append('\n');
        }
    }

    private void WriteTable(Table table, int indent)
    {
        var rows = table.OfType<TableRow>()
            .Select(row => row.Cast<TableCell>().Select(cell => string.Join(' ', MarkdownText.Paragraphs(cell))).ToList()).ToList();
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length) + 2).ToList();
        if (indent + widths.Sum() <= Width)
        {
            rows.Insert(1, [.. widths.Select(width => new string('-', width - 2))]);
            rows.ForEach(row => Lines(string.Concat(row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd(), indent));
            return;
        }

        // Too wide for columns: each row becomes a short entry of its own.
        foreach (var row in rows.Skip(1))
        {
            Lines(row[0], indent);
            foreach (var cell in row.Skip(1).Where(cell => cell.Length > 0))
            {
                Lines(cell, indent + Step);
            }
        }
    }

    private void Lines(string paragraph, int indent)
    {
        foreach (var line in paragraph.Split('\n'))
        {
            // The columns of a table keep their inner spaces, so a line is broken where it must be, not put together from words.
            var hanging = line.StartsWith("- ", StringComparison.Ordinal) ? 2 : 0;
            var margin = indent;
            var rest = line;
            while (rest.Length > Width - margin)
            {
                var at = rest.LastIndexOf(' ', Width - margin);
                at = at <= 0 ? Width - margin : at;
                text.Append(' ', margin).Append(rest, 0, at).Append('\n');
                rest = rest[at..].TrimStart();
                margin = indent + hanging;
            }

            text.Append(' ', margin).Append(rest).Append('\n');
        }
    }
}
