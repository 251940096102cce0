using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the session that an operation is about.</summary>
public sealed record SessionReference
{
    /// <summary>The id.</summary>
    [Member("The session's id.", Required = true)]
    public string? Id { get; init; }
}
