using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.State;

/// <summary>The operations about desired state.</summary>
public static class StateOperations
{
    private const string Group = "state";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access Everything = Access.Requires(PermissionKeys.Admin);

    /// <summary>Shows what is, as a document.</summary>
    public static Operation<StateExportRequest, StateDocument> Export { get; } = new(
        Group, "export", "Shows what is, as a document.", Json.StateExportRequest, Json.StateDocument)
    {
        Access = Everything,
        ReadOnly = true,
    };

    /// <summary>Says what differs between what is and what should be.</summary>
    public static Operation<StateCompareRequest, StateCompareResponse> Compare { get; } = new(
        Group, "compare", "Says what differs between what is and what should be.", Json.StateCompareRequest, Json.StateCompareResponse)
    {
        Access = Everything,
        MaxRequestBytes = StateDocument.MaxBytes,
        Problems = [ImportProblems.BadState],
    };

    /// <summary>Makes what is what should be: all of it, or nothing.</summary>
    public static Operation<StateApplyRequest, StateCompareResponse> Apply { get; } = new(
        Group, "apply", "Makes what is what should be: all of it, or nothing.", Json.StateApplyRequest, Json.StateCompareResponse)
    {
        Access = Everything,
        MaxRequestBytes = StateDocument.MaxBytes,
        Problems =
        [
            ImportProblems.BadState, ImportProblems.StateChanged, BadUsername, BadFullName, BadEmail, BadPassword, BadKey, Managed,
            PermissionCycle, NotYourself, RoleNotFound, GroupNotFound, PermissionNotFound, EmailAlreadyUsed, UserAlreadyExists, LastAdmin,
            IssuerProblems.BadIssuer, IssuerProblems.BadCondition, IssuerProblems.IssuerNotFound,
        ],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } = [Export, Compare, Apply];
}
