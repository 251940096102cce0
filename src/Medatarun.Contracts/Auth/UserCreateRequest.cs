using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Creates a user.</summary>
public sealed record UserCreateRequest
{
    /// <summary>The username; it never changes.</summary>
    [Member("The username: 3 to 32 lower case letters and digits, in parts joined by '.', '_' or '-'. It never changes.", Required = true)]
    public string? Username { get; init; }

    /// <summary>The full name.</summary>
    [Member("The full name, 1 to 200 characters of any script.", Required = true)]
    public string? Fullname { get; init; }

    /// <summary>The password.</summary>
    [Member("The password, at least 14 characters.", Required = true)]
    public Secret? Password { get; init; }

    /// <summary>Whether the user is an administrator. Default: false.</summary>
    [Member("Whether the user is an administrator; false when left out.")]
    public bool? Admin { get; init; }

    /// <summary>The e-mail address. Default: none.</summary>
    [Member("The e-mail address; unique without regard to case.")]
    public string? Email { get; init; }

    /// <summary>The role. Default: none.</summary>
    [Member("The name of the user's role; none when left out.")]
    public string? Role { get; init; }

    /// <summary>The groups. Default: none.</summary>
    [Member("The names of the user's groups; none when left out.")]
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Whether the account starts disabled. Default: false.</summary>
    [Member("Whether the account starts disabled; false when left out.")]
    public bool? Disabled { get; init; }
}
