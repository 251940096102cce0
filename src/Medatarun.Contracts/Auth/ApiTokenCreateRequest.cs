using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Makes an API token.</summary>
public sealed record ApiTokenCreateRequest
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest lifetime: ten years, in seconds.</summary>
    public const int MaxLifetime = 315_360_000;

    /// <summary>The shortest lifetime, in seconds.</summary>
    public const int MinLifetime = 60;

    /// <summary>What the token is for: 1 to 100 characters, none of them hidden; white space around it is taken off. Need not be unique.</summary>
    [Member("What the token is for, 1 to 100 characters.", Required = true)]
    public string? Name { get; init; }

    /// <summary>The lifetime in seconds: 60 to 315,360,000. Default: until it is revoked.</summary>
    [Member("How many seconds it lives, 60 to 315360000; until it is revoked when left out.")]
    public int? ExpiresIn { get; init; }

    /// <summary>
    /// The permissions to cut it to; the caller must hold them. An empty list leaves none: such a token can say whose it is. Default:
    /// all that its owner holds at each request, which is the most that any token has.
    /// </summary>
    [Member("The keys of the permissions that it is cut to; all of its owner's when left out.")]
    public IReadOnlyList<string>? Permissions { get; init; }

    /// <summary>Whose it will be. Default: the caller's own. Another's needs the permission <c>token_manage</c>.</summary>
    [Member("The username or service account whose it will be; your own when left out.")]
    public string? Username { get; init; }
}
