using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Names the user that an operation is about.</summary>
public sealed record UserReference : IUserReference
{
    /// <inheritdoc/>
    [Member("The user's username; needed unless an id is given.")]
    public string? Username { get; init; }

    /// <inheritdoc/>
    [Member("The user's id, instead of the username.")]
    public string? Id { get; init; }
}
