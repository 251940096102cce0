using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Gives a user another full name.</summary>
public sealed record UserChangeFullNameRequest : IUserReference
{
    /// <inheritdoc/>
    [Member("The user's username; needed unless an id is given.")]
    public string? Username { get; init; }

    /// <inheritdoc/>
    [Member("The user's id, instead of the username.")]
    public string? Id { get; init; }

    /// <summary>The full name from now on.</summary>
    [Member("The user's full name from now on.", Required = true)]
    public string? Fullname { get; init; }
}
