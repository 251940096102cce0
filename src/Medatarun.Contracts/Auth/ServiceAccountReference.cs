using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the service account that an operation is about.</summary>
public sealed record ServiceAccountReference
{
    /// <summary>The name, or the id.</summary>
    [Member("The account's name, or its id.", Required = true)]
    public string? Name { get; init; }
}
