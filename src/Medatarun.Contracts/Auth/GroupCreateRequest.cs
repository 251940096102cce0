using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Creates a group.</summary>
public sealed record GroupCreateRequest
{
    /// <summary>The key, by which the group is referred to.</summary>
    [Member("The key: 2 to 64 lower case letters and digits, in parts joined by '.', '_' or '-'.", Required = true)]
    public string? Key { get; init; }

    /// <summary>What the group is for. Default: nothing.</summary>
    [Member("What the group is for, at most 500 characters.")]
    public string? Description { get; init; }
}
