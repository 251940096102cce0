using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes what is given of a user; what is left out stays.</summary>
public sealed record UserUpdateRequest : IUserReference
{
    /// <inheritdoc/>
    [Member("The user's username; needed unless an id is given.")]
    public string? Username { get; init; }

    /// <inheritdoc/>
    [Member("The user's id, instead of the username.")]
    public string? Id { get; init; }

    /// <summary>The full name. Default: unchanged.</summary>
    [Member("The full name; unchanged when left out.")]
    public string? Fullname { get; init; }

    /// <summary>The e-mail address; an empty text clears it. Default: unchanged.</summary>
    [Member("The e-mail address; an empty text clears it, unchanged when left out.")]
    public string? Email { get; init; }

    /// <summary>The role; an empty text takes the role away. Default: unchanged.</summary>
    [Member("The name of the role; an empty text takes it away, unchanged when left out.")]
    public string? Role { get; init; }

    /// <summary>The groups; an empty list clears them. Default: unchanged.</summary>
    [Member("The names of the groups; an empty list clears them, unchanged when left out.")]
    public IReadOnlyList<string>? Groups { get; init; }
}
