using System.Collections.ObjectModel;
using Medatarun.Contracts.State;

namespace Medatarun.PowerShell.Objects;

/// <summary>Something that differs between what is and what should be.</summary>
public sealed class MedatarunStateDifference
{
    internal MedatarunStateDifference(StateDifference difference)
    {
        Action = Word(difference.Action);
        Kind = string.Concat(difference.Kind.Split('_').Select(Word));
        Name = difference.Name;
        Changes = new ReadOnlyCollection<MedatarunStateChange>([.. difference.Changes.Select(change => new MedatarunStateChange(change))]);
    }

    /// <summary><c>Create</c>, <c>Update</c> or <c>Delete</c>: what is to be done.</summary>
    public string Action { get; }

    /// <summary><c>Settings</c>, <c>Permission</c>, <c>Role</c>, <c>Group</c>, <c>User</c>, <c>ServiceAccount</c>, <c>Issuer</c> or <c>IssuerRule</c>.</summary>
    public string Kind { get; }

    /// <summary>Its key or name.</summary>
    public string Name { get; }

    /// <summary>The members that differ; none of what is deleted.</summary>
    public ReadOnlyCollection<MedatarunStateChange> Changes { get; }

    /// <summary>What is to be done, to what.</summary>
    public override string ToString() => $"{Action} {Kind} {Name}";

    private static string Word(string text) =>
        text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
