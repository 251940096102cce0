using System.Diagnostics.CodeAnalysis;
using Medatarun.Contracts.Problems;

namespace Medatarun.Server.Operations;

/// <summary>A value, or the problem that stands instead of it.</summary>
internal readonly struct Outcome<T>
{
    private Outcome(T? value, Problem? problem)
    {
        Value = value;
        Problem = problem;
    }

    public T? Value { get; }

    public Problem? Problem { get; }

    public bool Failed([NotNullWhen(true)] out Problem? problem, [MaybeNullWhen(true)] out T value)
    {
        problem = Problem;
        value = Value;
        return problem is not null;
    }

    public static Outcome<T> Of(T value) => new(value, null);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);

    public static implicit operator Outcome<T>(ProblemDefinition problem) => new(default, new Problem(problem));
}
