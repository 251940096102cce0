using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Creates a service account: an actor without a password, for runbooks and pipelines.</summary>
public sealed record ServiceAccountCreateRequest
{
    /// <summary>The name; it never changes, and no user has it.</summary>
    [Member("The name, by the rules of usernames; no user has it, and it never changes.", Required = true)]
    public string? Name { get; init; }

    /// <summary>What the account is for. Default: the name.</summary>
    [Member("What the account is for, 1 to 200 characters; the name when left out.")]
    public string? Fullname { get; init; }

    /// <summary>The username of the person who answers for it. Default: the caller.</summary>
    [Member("The username of the person who answers for it; the caller when left out.")]
    public string? Owner { get; init; }

    /// <summary>The role. Default: the automatic one, else none.</summary>
    [Member("The key of the account's role; the automatic one, else none, when left out.")]
    public string? Role { get; init; }
}
