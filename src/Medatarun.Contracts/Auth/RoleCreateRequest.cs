using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Creates a role.</summary>
public sealed record RoleCreateRequest
{
    /// <summary>The key, by which the role is referred to.</summary>
    [Member("The key: 2 to 64 lower case letters and digits, in parts joined by '.', '_' or '-'.", Required = true)]
    public string? Key { get; init; }

    /// <summary>The name for people. Default: the key.</summary>
    [Member("The name for people, at most 100 characters; the key when left out.")]
    public string? Name { get; init; }

    /// <summary>What the role is for. Default: nothing.</summary>
    [Member("What the role is for, at most 500 characters.")]
    public string? Description { get; init; }
}
