namespace Medatarun.Contracts.State;

/// <summary>Something that differs between what is and what should be.</summary>
public sealed record StateDifference
{
    /// <summary>It should exist, and does not.</summary>
    public const string Create = "create";

    /// <summary>It exists, and is not as it should be.</summary>
    public const string Update = "update";

    /// <summary>It exists, and should not; only with <c>prune</c>.</summary>
    public const string Delete = "delete";

    /// <summary><c>create</c>, <c>update</c> or <c>delete</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>settings</c>, <c>permission</c>, <c>role</c>, <c>group</c>, <c>user</c>, <c>service_account</c>, <c>issuer</c> or <c>issuer_rule</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Its key or name; of a rule, the issuer's name, a slash and the rule's.</summary>
    public required string Name { get; init; }

    /// <summary>The members that differ; empty for what is deleted.</summary>
    public required IReadOnlyList<StateChange> Changes { get; init; }
}
