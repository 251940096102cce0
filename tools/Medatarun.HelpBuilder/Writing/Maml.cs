using System.Xml.Linq;

namespace Medatarun.HelpBuilder.Writing;

/// <summary>The namespaces of MAML, and the elements that stand everywhere in it.</summary>
internal static class Maml
{
    public static readonly XNamespace Help = "http://msh";

    public static readonly XNamespace Namespace = "http://schemas.microsoft.com/maml/2004/10";

    public static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    public static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XElement Described(IEnumerable<string> paragraphs) => new(Namespace + "description", paragraphs.Select(Para));

    public static XElement Para(string text) => new(Namespace + "para", text);
}
