namespace Medatarun.Contracts.Import;

/// <summary>
/// A user to import, or one that was exported. What is left out of a row about a user who exists stays as it is.
/// </summary>
public sealed record UserImportRow
{
    /// <summary>The username.</summary>
    public string? Username { get; init; }

    /// <summary>The full name. Needed for a new user.</summary>
    public string? Fullname { get; init; }

    /// <summary>The e-mail address; an empty text clears it.</summary>
    public string? Email { get; init; }

    /// <summary>The password. A new user has this or <see cref="PasswordHash"/>, or cannot sign in until a password is set.</summary>
    public Secret? Password { get; init; }

    /// <summary>
    /// The hash that another system kept: of PBKDF2, in the form of this product, ASP.NET Core Identity (v2, v3), Django, Keycloak (the
    /// credential as JSON) or the original Medatarun.
    /// </summary>
    public Secret? PasswordHash { get; init; }

    /// <summary>The role. Default: the automatic one, of a new user.</summary>
    public string? Role { get; init; }

    /// <summary>The groups. Default: none, of a new user.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Whether the account is disabled. Default: it is not, of a new user.</summary>
    public bool? Disabled { get; init; }
}
