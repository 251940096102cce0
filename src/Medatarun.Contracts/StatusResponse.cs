namespace Medatarun.Contracts;

/// <summary>The answer of an operation without a result.</summary>
/// <param name="Status">Always <c>ok</c>: a failure is a problem, not an answer.</param>
public sealed record StatusResponse(string Status)
{
    /// <summary><c>{"status":"ok"}</c>.</summary>
    public static StatusResponse Ok { get; } = new("ok");
}
