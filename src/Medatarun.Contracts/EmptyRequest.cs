namespace Medatarun.Contracts;

/// <summary>The request of an operation that needs to be told nothing.</summary>
public sealed record EmptyRequest
{
    /// <summary>The only one there is.</summary>
    public static EmptyRequest Instance { get; } = new();
}
