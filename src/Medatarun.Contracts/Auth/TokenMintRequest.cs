using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Makes an access token for somebody else.</summary>
public sealed record TokenMintRequest
{
    /// <summary>The shortest lifetime, in seconds.</summary>
    public const int MinLifetime = 60;

    /// <summary>The longest lifetime: a year, in seconds.</summary>
    public const int MaxLifetime = 31_536_000;

    /// <summary>The type of a principal that holds the permission <c>admin</c>.</summary>
    public const string Operator = "Operator";

    /// <summary>The type of any other principal.</summary>
    public const string User = "User";

    /// <summary>A username or the name of a service account; an unknown one becomes a service account.</summary>
    [Member("A username or the name of a service account; an unknown one becomes a service account.", Required = true)]
    public string? Principal { get; init; }

    /// <summary>
    /// <c>User</c> or <c>Operator</c>: what a known principal must be, and what an unknown one becomes. Default: any known one, and
    /// <c>User</c> for an unknown one.
    /// </summary>
    [Member("Either 'User' or 'Operator': what a known principal must be, and what an unknown one becomes; 'User' for that when left out.")]
    public string? Type { get; init; }

    /// <summary>The lifetime in seconds: 60 to 31,536,000. Default: that of any access token.</summary>
    [Member("How many seconds the token lives, 60 to 31536000; as any access token when left out.")]
    public int? ExpiresIn { get; init; }
}
