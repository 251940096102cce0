using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;

namespace Medatarun.Server.External;

/// <summary>What one step found in a token.</summary>
/// <param name="Refusal">The refusal that its sender gets; null when it was as it must be.</param>
/// <param name="Detail">What an administrator is told. Asked for only when somebody wants to know.</param>
internal readonly record struct Finding(Problem? Refusal, Func<TokenExamination, string> Detail)
{
    public static Finding Good(Func<TokenExamination, string> detail) => new(null, detail);

    /// <param name="detail">What an administrator is told.</param>
    /// <param name="refusal">What its sender gets. Default: that the token is invalid.</param>
    public static Finding Bad(Func<TokenExamination, string> detail, Problem? refusal = null) =>
        new(refusal ?? ProblemCatalogue.InvalidToken, detail);
}
