using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Makes an account for oneself, where registration is open.</summary>
public sealed record RegisterRequest
{
    /// <summary>The e-mail address; unique without regard to case.</summary>
    [Member("Your e-mail address; no other user has it.", Required = true)]
    public string? Email { get; init; }

    /// <summary>The password.</summary>
    [Member("Your password.", Required = true)]
    public Secret? Password { get; init; }

    /// <summary>The username. Default: made from the e-mail address.</summary>
    [Member("Your username, which never changes; made from the e-mail address when left out.")]
    public string? Username { get; init; }

    /// <summary>The full name. Default: the username.</summary>
    [Member("Your full name; the username when left out.")]
    public string? Fullname { get; init; }
}
