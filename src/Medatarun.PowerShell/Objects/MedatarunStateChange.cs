using Medatarun.Contracts.State;

namespace Medatarun.PowerShell.Objects;

/// <summary>A member that differs between what is and what should be. Never a secret.</summary>
public sealed class MedatarunStateChange
{
    internal MedatarunStateChange(StateChange change)
    {
        Member = change.Member;
        From = change.From;
        To = change.To;
    }

    /// <summary>Its name in the state.</summary>
    public string Member { get; }

    /// <summary>What it is, lists with commas; null for what does not exist.</summary>
    public string? From { get; }

    /// <summary>What it should be.</summary>
    public string? To { get; }

    /// <summary>The member, what it is and what it should be.</summary>
    public override string ToString() => From is null ? $"{Member}: {Shown(To)}" : $"{Member}: {Shown(From)} -> {Shown(To)}";

    private static string Shown(string? value) => string.IsNullOrEmpty(value) ? "(none)" : value;
}
