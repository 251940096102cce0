using System.Collections.Frozen;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.State;

namespace Medatarun.Contracts.Operations;

/// <summary>Every operation of the product. What is not in here does not exist for any face.</summary>
public static class OperationCatalogue
{
    /// <summary>Every operation, grouped, in the order in which help shows them.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. AuthOperations.All, .. ActorOperations.All, .. RoleOperations.All, .. GroupOperations.All, .. SessionOperations.All,
        .. TokenOperations.All, .. IssuerOperations.All, .. ImportOperations.All, .. StateOperations.All,
    ];

    private static readonly FrozenDictionary<string, Operation> ByName = All
        .SelectMany(operation => operation.Aliases.Append(operation.Name).Select(name => (name, operation)))
        .ToFrozenDictionary(pair => $"{pair.operation.Group}/{pair.name}", pair => pair.operation, StringComparer.Ordinal);

    /// <summary>The names of the groups.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. All.Select(operation => operation.Group).Distinct()];

    /// <summary>Finds an operation by group and name or alias; null when there is none.</summary>
    /// <param name="group">The group, <c>auth</c>.</param>
    /// <param name="name">A name or alias, <c>user_create</c>.</param>
    public static Operation? Find(string group, string name) => ByName.GetValueOrDefault($"{group}/{name}");
}
