using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Registers a permission that other systems ask for.</summary>
public sealed record PermissionRegisterRequest
{
    /// <summary>The key.</summary>
    [Member("The key: 2 to 64 lower case letters and digits, in parts joined by '.', '_' or '-'.", Required = true)]
    public string? Key { get; init; }

    /// <summary>What it allows. Default: nothing.</summary>
    [Member("What it allows, at most 500 characters.")]
    public string? Description { get; init; }

    /// <summary>What it belongs to. Default: <c>custom</c>.</summary>
    [Member("What it belongs to, for lists, at most 100 characters; 'custom' when left out.")]
    public string? Category { get; init; }

    /// <summary>The permissions that come with it. Default: none.</summary>
    [Member("The keys of the permissions that come with it; none when left out. 'admin' cannot.")]
    public IReadOnlyList<string>? Implies { get; init; }
}
