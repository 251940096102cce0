using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>What a claim of a token must be: one of <see cref="EqualTo"/>, <see cref="OneOf"/> and <see cref="Glob"/>.</summary>
public sealed class MedatarunClaimCondition
{
    internal MedatarunClaimCondition(ClaimCondition condition)
    {
        Claim = condition.Claim ?? string.Empty;
        EqualTo = condition.EqualTo;
        OneOf = condition.OneOf is { } values ? new NameList(values) : null;
        Glob = condition.Glob;
    }

    /// <summary>The name of the claim, or, beginning with <c>/</c>, a path into the token.</summary>
    public string Claim { get; }

    /// <summary>The value that it must be; null when the condition is another.</summary>
    public string? EqualTo { get; }

    /// <summary>The values of which it must be one; null when the condition is another.</summary>
    public NameList? OneOf { get; }

    /// <summary>The pattern that it must fit; null when the condition is another.</summary>
    public string? Glob { get; }

    /// <summary>For people: <c>ref like refs/heads/*</c>.</summary>
    public override string ToString() =>
        EqualTo is not null ? $"{Claim} = {EqualTo}"
        : OneOf is not null ? $"{Claim} in {string.Join(", ", OneOf)}"
        : $"{Claim} like {Glob}";
}
