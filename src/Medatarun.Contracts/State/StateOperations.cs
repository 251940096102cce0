using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.State;

/// <summary>The operations about desired state.</summary>
public static class StateOperations
{
    private const string Group = "state";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    // What a document can be refused for before anything is changed.
    private static readonly ProblemDefinition[] Faults =
    [
        ImportProblems.BadState, BadUsername, BadFullName, BadEmail, BadKey, Managed, PermissionCycle, RoleNotFound, GroupNotFound,
        PermissionNotFound, EmailAlreadyUsed, UserAlreadyExists, IssuerProblems.BadIssuer, IssuerProblems.BadCondition,
        IssuerProblems.IssuerNotFound, IssuerProblems.IssuerAlreadyExists,
    ];

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
        Unreadable = ImportProblems.BadState,
        Problems = Faults,
    };

    /// <summary>Makes what is what should be: all of it, or nothing.</summary>
    public static Operation<StateApplyRequest, StateCompareResponse> Apply { get; } = new(
        Group, "apply", "Makes what is what should be: all of it, or nothing.", Json.StateApplyRequest, Json.StateCompareResponse)
    {
        Access = Everything,
        MaxRequestBytes = StateDocument.MaxBytes,
        Unreadable = ImportProblems.BadState,
        Problems = [.. Faults, BadPassword, NotYourself, ImportProblems.StateChanged, LastAdmin],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } = [Export, Compare, Apply];
}
