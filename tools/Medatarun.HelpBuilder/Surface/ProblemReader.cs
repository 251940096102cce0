using System.Reflection;
using Medatarun.Client;
using Medatarun.Contracts.Problems;

namespace Medatarun.HelpBuilder.Surface;

/// <summary>Every problem that a cmdlet can report: the server's, the client's, and those that the module declares itself.</summary>
internal static class ProblemReader
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IReadOnlyList<ProblemDefinition> Read(string assemblyPath) =>
        [.. ProblemCatalogue.All, .. ClientProblems.All, .. OfModule(Assembly.LoadFrom(Path.GetFullPath(assemblyPath)))];

    private static IEnumerable<ProblemDefinition> OfModule(Assembly module) =>
        from type in module.GetTypes()
        from property in type.GetProperties(AnyStatic)
        where property.PropertyType == typeof(ProblemDefinition)
        let problem = (ProblemDefinition)property.GetValue(null)!
        orderby problem.Code
        select problem;
}
