namespace Medatarun.Contracts.Problems;

/// <summary>A kind of refusal. Its code is stable: clients may rely on it.</summary>
/// <param name="Code">Stable and lower case with underscores: <c>user_already_exists</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short name for people.</param>
/// <param name="Detail">What is wrong, when nothing more exact can be said.</param>
/// <param name="Action">What to do about it.</param>
public sealed record ProblemDefinition(string Code, int Status, string Title, string Detail, string Action)
{
    /// <summary>The <c>type</c> member of problem documents.</summary>
    public string Type => $"urn:medatarun:problem:{Code}";
}
