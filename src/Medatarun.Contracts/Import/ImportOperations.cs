using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Import;

/// <summary>The operations about many users at once.</summary>
public static class ImportOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    /// <summary>Makes or changes users, a row each.</summary>
    public static StreamOperation<UserImportRequest, UserImportRow, UserImportResult> UserImport { get; } = new(
        Group, "user_import", "Makes or changes users, one JSON object a line; answers one a line, in the same order.",
        Json.UserImportRequest, Json.UserImportRow, Json.UserImportResult)
    {
        Access = Access.Requires(PermissionKeys.UserManage),
        MaxRequestBytes = UserImportRequest.MaxBytes,
        MaxRows = UserImportRequest.MaxRows,
        MaxRowBytes = UserImportRequest.MaxRowBytes,
        Problems =
        [
            BadUsername, BadFullName, BadEmail, BadPassword, ImportProblems.UnsupportedPasswordHash, UserAlreadyExists, EmailAlreadyUsed,
            RoleNotFound, GroupNotFound, ExceedsAuthority, NotYourself, LastAdmin, Throttled,
        ],
    };

    /// <summary>Shows a page of users in the form of an import.</summary>
    public static Operation<UserExportRequest, UserExportPage> UserExport { get; } = new(
        Group, "user_export", "Shows a page of users in the form of an import; hashes need the permission hash_export.",
        Json.UserExportRequest, Json.UserExportPage)
    {
        Access = Access.Requires(PermissionKeys.UserRead),
        Problems = [PermissionDenied],
    };

    /// <summary>Says how passwords are kept, and how many imported ones are still to be upgraded.</summary>
    public static Operation<EmptyRequest, PasswordSummary> PasswordSummary { get; } = new(
        Group, "password_summary", "Says how passwords are kept, and how many imported ones are still to be upgraded.",
        Json.EmptyRequest, Json.PasswordSummary)
    {
        Access = Access.Requires(PermissionKeys.UserRead),
        ReadOnly = true,
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } = [UserImport, UserExport, PasswordSummary];
}
