using System.Collections;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Puts together what a cmdlet was told of a rule's conditions.</summary>
/// <param name="typed">Whether -Condition stands on the command line; otherwise it can only be what a rule had that came by pipeline.</param>
internal readonly struct RuleConditions(bool typed)
{
    /// <summary>The conditions.</summary>
    /// <param name="claim">What -Claim said.</param>
    /// <param name="like">What -ClaimLike said.</param>
    /// <param name="condition">What -Condition said.</param>
    /// <returns>Null when nothing was said.</returns>
    /// <exception cref="MedatarunException"><c>bad_condition</c>.</exception>
    public IReadOnlyList<ClaimCondition>? Of(IDictionary? claim, IDictionary? like, ClaimConditionList? condition)
    {
        if (claim is null && like is null)
        {
            return condition is null ? null : [.. condition.Select(ClaimConditions.Of)];
        }

        // Get | Set -Claim: what is said now takes the place of what the rule had.
        var others = typed && condition is not null ? condition.Select(ClaimConditions.Of) : [];
        return
        [
            .. claim is null ? [] : ClaimConditions.Of(claim),
            .. like is null ? [] : ClaimConditions.Like(like),
            .. others,
        ];
    }
}
