using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Signs in with a name or an e-mail address, and a password.</summary>
public sealed record LoginRequest
{
    /// <summary>The username; needed unless an e-mail address is given.</summary>
    [Member("The username; needed unless an e-mail address is given.")]
    public string? Username { get; init; }

    /// <summary>The e-mail address, instead of the username.</summary>
    [Member("The e-mail address, instead of the username.")]
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    [Member("The password.", Required = true)]
    public Secret? Password { get; init; }

    /// <summary>Whether a refresh token is wanted, with which the session can go on. Default: false.</summary>
    [Member("Whether a refresh token is wanted, with which the session can go on.")]
    public bool? OfflineAccess { get; init; }

    /// <summary>The request of a person who gives one name, whichever of the two it is.</summary>
    /// <param name="name">A username or an e-mail address.</param>
    /// <param name="password">The password.</param>
    public static LoginRequest Of(string name, Secret password) =>
        // A username has no '@', so the two cannot be confused.
        name.Contains('@', StringComparison.Ordinal)
            ? new LoginRequest { Email = name, Password = password }
            : new LoginRequest { Username = name, Password = password };
}
