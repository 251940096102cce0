using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about roles and the permissions in them.</summary>
public static class RoleOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access Read = Access.Requires(PermissionKeys.UserRead);

    private static readonly Access Manage = Access.Requires(PermissionKeys.RoleManage);

    /// <summary>Lists every role.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<RoleInfo>> RoleList { get; } = new(
        Group, "role_list", "Lists every role.", Json.EmptyRequest, Json.IReadOnlyListRoleInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Shows one role.</summary>
    public static Operation<RoleReference, RoleInfo> RoleGet { get; } = new(
        Group, "role_get", "Shows one role.", Json.RoleReference, Json.RoleInfo)
    {
        Access = Read,
        ReadOnly = true,
        Problems = [RoleNotFound],
    };

    /// <summary>Creates a role.</summary>
    public static Operation<RoleCreateRequest, RoleInfo> RoleCreate { get; } = new(
        Group, "role_create", "Creates a role.", Json.RoleCreateRequest, Json.RoleInfo)
    {
        Access = Manage,
        Problems = [BadKey, InvalidRequest, RoleAlreadyExists],
    };

    /// <summary>Changes the name of a role.</summary>
    public static Operation<RoleTextRequest, StatusResponse> RoleUpdateName { get; } = new(
        Group, "role_update_name", "Changes the name of a role.", Json.RoleTextRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, Managed],
    };

    /// <summary>Changes the key of a role.</summary>
    public static Operation<RoleTextRequest, StatusResponse> RoleUpdateKey { get; } = new(
        Group, "role_update_key", "Changes the key of a role.", Json.RoleTextRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, Managed, BadKey, RoleAlreadyExists],
    };

    /// <summary>Changes the description of a role; an empty one clears it.</summary>
    public static Operation<RoleTextRequest, StatusResponse> RoleUpdateDescription { get; } = new(
        Group, "role_update_description", "Changes the description of a role; an empty one clears it.", Json.RoleTextRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, Managed],
    };

    /// <summary>Says whether new actors get a role by themselves; at most one role, and never one that holds the permission 'admin'.</summary>
    public static Operation<RoleAutoAssignRequest, StatusResponse> RoleUpdateAutoAssign { get; } = new(
        Group, "role_update_autoassign", "Says whether new actors get a role by themselves; at most one role, and never one that holds the permission 'admin'.", Json.RoleAutoAssignRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, Managed, ExceedsAuthority],
    };

    /// <summary>Puts a permission into a role.</summary>
    public static Operation<RolePermissionRequest, StatusResponse> RoleAddPermission { get; } = new(
        Group, "role_add_permission", "Puts a permission into a role.", Json.RolePermissionRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, PermissionNotFound, Managed, ExceedsAuthority],
    };

    /// <summary>Takes a permission out of a role.</summary>
    public static Operation<RolePermissionRequest, StatusResponse> RoleDeletePermission { get; } = new(
        Group, "role_delete_permission", "Takes a permission out of a role.", Json.RolePermissionRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, PermissionNotFound, AssignmentNotFound, Managed, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Deletes a role and takes it from whoever has it.</summary>
    public static Operation<RoleReference, StatusResponse> RoleDelete { get; } = new(
        Group, "role_delete", "Deletes a role and takes it from whoever has it.", Json.RoleReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [RoleNotFound, Managed, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Lists every permission.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<PermissionInfo>> PermissionList { get; } = new(
        Group, "permission_list", "Lists every permission.", Json.EmptyRequest, Json.IReadOnlyListPermissionInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Registers a permission that other systems ask for.</summary>
    public static Operation<PermissionRegisterRequest, PermissionInfo> PermissionRegister { get; } = new(
        Group, "permission_register", "Registers a permission that other systems ask for.", Json.PermissionRegisterRequest, Json.PermissionInfo)
    {
        Access = Manage,
        Problems = [BadKey, PermissionAlreadyExists, PermissionNotFound, PermissionCycle, ExceedsAuthority],
    };

    /// <summary>Deletes a registered permission and takes it out of every role.</summary>
    public static Operation<PermissionReference, StatusResponse> PermissionDelete { get; } = new(
        Group, "permission_delete", "Deletes a registered permission and takes it out of every role.", Json.PermissionReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [PermissionNotFound, Managed],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        RoleList, RoleGet, RoleCreate, RoleUpdateName, RoleUpdateKey, RoleUpdateDescription, RoleUpdateAutoAssign,
        RoleAddPermission, RoleDeletePermission, RoleDelete, PermissionList, PermissionRegister, PermissionDelete,
    ];
}
