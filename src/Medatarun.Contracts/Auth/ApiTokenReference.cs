using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the API token that an operation is about.</summary>
public sealed record ApiTokenReference
{
    /// <summary>The id.</summary>
    [Member("The API token's id.", Required = true)]
    public string? Id { get; init; }
}
