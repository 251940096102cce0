namespace Medatarun.Server.Guessing;

/// <summary>Whether an attempt is admitted to its lane.</summary>
internal enum LaneDecision
{
    /// <summary>It is counted as a failure from now on, until it is known to be none.</summary>
    Admitted,

    /// <summary>Others of the lane are in flight, and decide whether it is.</summary>
    Wait,

    /// <summary>It is not, and nothing was guessed.</summary>
    Refused,
}
