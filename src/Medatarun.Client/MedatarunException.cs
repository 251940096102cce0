using Medatarun.Contracts.Problems;

namespace Medatarun.Client;

/// <summary>A refusal of the server, or a failure to reach it.</summary>
public sealed class MedatarunException : Exception
{
    /// <summary>Makes the exception of a problem the server sent.</summary>
    /// <param name="problem">What the server sent.</param>
    /// <param name="retryAfter">How long the server asks to wait; null when it did not say.</param>
    public MedatarunException(ProblemDocument problem, TimeSpan? retryAfter = null)
        : base(problem.Detail ?? problem.Title ?? $"The server answered {problem.Status}.")
    {
        Code = problem.Code ?? ClientProblems.UnexpectedAnswer.Code;
        Status = problem.Status;
        RequestId = problem.RequestId;
        Errors = problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>();
        RetryAfter = retryAfter;
        RecommendedAction = ProblemCatalogue.Find(problem.Code)?.Action;
    }

    /// <summary>Makes the exception of a failure that the client met itself.</summary>
    /// <param name="problem">One of <see cref="ClientProblems"/>.</param>
    /// <param name="detail">What is wrong, more exactly; null for the problem's own sentence.</param>
    /// <param name="inner">What happened below, if anything.</param>
    /// <param name="errors">What is wrong with each place of what was given; null when that is not the matter.</param>
    public MedatarunException(
        ProblemDefinition problem,
        string? detail = null,
        Exception? inner = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? errors = null)
        : base(detail ?? problem.Detail, inner)
    {
        Code = problem.Code;
        Status = problem.Status;
        Errors = errors ?? new Dictionary<string, IReadOnlyList<string>>();
        RecommendedAction = problem.Action;
    }

    /// <summary>The stable code of the problem.</summary>
    public string Code { get; }

    /// <summary>The HTTP status; 0 when there was no answer.</summary>
    public int Status { get; }

    /// <summary>Finds the request in the server's log; null when there was no answer.</summary>
    public string? RequestId { get; }

    /// <summary>What is wrong with each member of the request; empty when that is not the matter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; }

    /// <summary>How long the server asks to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What to do about it; null when this version does not know the code.</summary>
    public string? RecommendedAction { get; }
}
