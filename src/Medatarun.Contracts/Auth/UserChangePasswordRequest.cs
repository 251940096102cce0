using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Gives a user a new password and ends their sessions.</summary>
public sealed record UserChangePasswordRequest : IUserReference
{
    /// <inheritdoc/>
    [Member("The user's username; needed unless an id is given.")]
    public string? Username { get; init; }

    /// <inheritdoc/>
    [Member("The user's id, instead of the username.")]
    public string? Id { get; init; }

    /// <summary>The password from now on.</summary>
    [Member("The user's password from now on.", Required = true)]
    public Secret? Password { get; init; }
}
