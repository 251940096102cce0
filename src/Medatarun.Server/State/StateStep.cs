using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>A difference, and the thing as it should be: whole where it is made; null where it is deleted.</summary>
internal sealed record StateStep(StateDifference Difference, object? Wanted)
{
    /// <summary>Whether a member is to be changed.</summary>
    public bool Changes(string member) => Difference.Changes.Any(change => change.Member == member);
}
