using Medatarun.HelpBuilder.Pages;
using Medatarun.HelpBuilder.Surface;
using Medatarun.HelpBuilder.Writing;

namespace Medatarun.HelpBuilder;

/// <summary>Makes the help of the module: <c>Medatarun.HelpBuilder PAGES ASSEMBLY OUTPUT</c>.</summary>
internal static class Program
{
    private const string Usage = "usage: Medatarun.HelpBuilder <folder of pages> <module assembly> <output folder>";

    private static int Main(string[] arguments)
    {
        if (arguments is not [var pageFolder, var assembly, var output])
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var findings = new List<Finding>();
        var cmdlets = SurfaceReader.Read(assembly);
        var problems = ProblemReader.Read(assembly);
        var pages = new List<CmdletPage>();
        var topics = new List<AboutPage>();
        foreach (var file in Directory.EnumerateFiles(pageFolder, "*.md").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file).StartsWith("about_", StringComparison.Ordinal))
            {
                topics.Add(AboutPage.Read(file, problems));
            }
            else
            {
                pages.Add(CmdletPageReader.Read(file, findings));
            }
        }

        PageChecks.Check(pageFolder, pages, cmdlets, findings);
        PageChecks.Check(topics, findings);
        if (findings.Count > 0)
        {
            // The form that MSBuild turns into errors that name file and line.
            findings.ForEach(finding => Console.Error.WriteLine($"{finding.File}({finding.Line}): error MDH001: {finding.Message}"));
            return 1;
        }

        Write(output, Path.GetFileName(assembly), pages, topics, cmdlets);
        return 0;
    }

    private static void Write(
        string output, string assemblyName, List<CmdletPage> pages, List<AboutPage> topics, IReadOnlyList<CmdletSurface> cmdlets)
    {
        Directory.CreateDirectory(output);
        foreach (var stale in Directory.EnumerateFiles(output, "about_*.help.txt"))
        {
            File.Delete(stale);
        }

        foreach (var topic in topics)
        {
            File.WriteAllText(Path.Combine(output, $"{topic.Name}.help.txt"), AboutWriter.Write(topic));
        }

        // Last, because the build takes this file's time for the time of the whole help.
        var surfaces = cmdlets.ToDictionary(cmdlet => cmdlet.Name);
        MamlWriter.Write(
            Path.Combine(output, $"{assemblyName}-Help.xml"),
            pages.Select(page => (page, surfaces[page.Name])));
    }
}
