using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>What is wrong with a document, each fault with its place: all of it, so that it is corrected in one go.</summary>
internal sealed class StateFaults
{
    /// <summary>Beyond these, nobody reads on.</summary>
    public const int MaxFaults = 100;

    private readonly List<(string Place, ProblemDefinition Definition, string Detail)> faults = [];

    public bool IsEmpty => faults.Count == 0;

    public void Add(string place, Problem? problem)
    {
        if (problem is not null && faults.Count < MaxFaults)
        {
            faults.Add((place, problem.Definition, problem.Detail));
        }
    }

    /// <summary>A fault that is about the document and nothing else.</summary>
    public void Add(string place, string detail) => Add(place, new Problem(ImportProblems.BadState, detail));

    /// <summary>The refusal, or null: the problem that all faults have in common, else that of a bad state.</summary>
    public Problem? ToProblem()
    {
        if (IsEmpty)
        {
            return null;
        }

        var definitions = faults.Select(fault => fault.Definition).Distinct().ToArray();
        var (place, _, detail) = faults[0];
        return new Problem(
            definitions.Length == 1 ? definitions[0] : ImportProblems.BadState,
            faults.Count == 1 ? $"{place}: {detail}" : $"The state has {faults.Count}{(faults.Count == MaxFaults ? " or more" : "")} faults; the first is {place}: {detail}")
        {
            Errors = faults.GroupBy(fault => fault.Place, StringComparer.Ordinal).ToDictionary(
                group => group.Key, IReadOnlyList<string> (group) => [.. group.Select(fault => fault.Detail)], StringComparer.Ordinal),
        };
    }
}
