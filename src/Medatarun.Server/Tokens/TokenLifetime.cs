using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Tokens;

/// <summary>Judges the lifetime that a request asks for.</summary>
internal static class TokenLifetime
{
    /// <summary>The refusal of a lifetime that is out of range, or null; one that is left out is good.</summary>
    public static Problem? Check(int? seconds, int least, int most) =>
        seconds is null || (seconds >= least && seconds <= most)
            ? null
            : Problem.OfMember(
                ProblemCatalogue.InvalidRequest, "expires_in", $"'expires_in' must be between {least} and {most} seconds.");
}
