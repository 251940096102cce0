using System.Text;
using System.Xml;
using System.Xml.Linq;
using Medatarun.HelpBuilder.Pages;
using Medatarun.HelpBuilder.Surface;
using static Medatarun.HelpBuilder.Writing.Maml;

namespace Medatarun.HelpBuilder.Writing;

/// <summary>Writes the help of all cmdlets as the one MAML file that Get-Help reads.</summary>
internal static class MamlWriter
{
    public static void Write(string file, IEnumerable<(CmdletPage Page, CmdletSurface Cmdlet)> cmdlets)
    {
        var root = new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Namespace.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
            cmdlets.Select(cmdlet => Entry(cmdlet.Page, cmdlet.Cmdlet)));
        using var writer = XmlWriter.Create(file, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        root.Save(writer);
    }

    private static XElement Entry(CmdletPage page, CmdletSurface cmdlet)
    {
        var descriptions = page.Parameters.ToDictionary(parameter => parameter.Name);
        var parameters = cmdlet.Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(parameter => new ParameterHelp(parameter, descriptions[parameter.Name]))
            .Concat(cmdlet.SupportsShouldProcess ? ParameterHelp.ShouldProcess : []).ToList();
        return new XElement(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                Described([page.Synopsis]),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun)),
            Described(page.Description),
            new XElement(Command + "syntax", cmdlet.Sets.Select(set => Syntax(cmdlet, set, parameters))),
            new XElement(Command + "parameters", parameters.Select(parameter => parameter.Details())),
            new XElement(Command + "inputTypes", Types(Command + "inputType", InputTypes(cmdlet), page.Inputs)),
            new XElement(Command + "returnValues", Types(Command + "returnValue", cmdlet.OutputTypes, page.Outputs)),
            new XElement(Namespace + "alertSet", new XElement(Namespace + "alert", page.Notes.Select(Para))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link)));
    }

    private static XElement Syntax(CmdletSurface cmdlet, string set, IEnumerable<ParameterHelp> parameters)
    {
        var inSet = from parameter in parameters
                    let binding = parameter.Surface.InSet(set)
                    where binding is not null
                    orderby binding.Position ?? int.MaxValue, binding.Mandatory ? 0 : 1
                    select parameter.InSyntax(binding);
        return new XElement(Command + "syntaxItem", new XElement(Namespace + "name", cmdlet.Name), inSet);
    }

    private static List<string> InputTypes(CmdletSurface cmdlet) =>
        [.. cmdlet.Parameters.Where(parameter => parameter.Bindings.Any(binding => binding.ByValue))
            .Select(parameter => parameter.TypeName).Distinct()];

    /// <summary>One element for each type; the page's words stand at the last.</summary>
    private static IEnumerable<XElement> Types(XName element, IReadOnlyList<string> types, IReadOnlyList<string> text)
    {
        var names = types.Count == 0 ? ["None"] : types;
        return names.Select((name, index) => new XElement(
            element,
            new XElement(Dev + "type", new XElement(Namespace + "name", name)),
            index == names.Count - 1 ? Described(text) : null));
    }

    private static XElement Example(PageExample example, int index) => new(
        Command + "example",
        new XElement(Namespace + "title", $"-------- Example {index + 1}: {example.Title} --------"),
        new XElement(Dev + "code", example.Code),
        // Get-Help puts nothing between two examples; the empty paragraph does.
        new XElement(Dev + "remarks", example.Remarks.Append("").Select(Para)));

    private static XElement Link(PageLink link) => new(
        Namespace + "navigationLink",
        new XElement(Namespace + "linkText", link.Text),
        new XElement(Namespace + "uri", link.Uri));
}
