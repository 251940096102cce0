using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about groups.</summary>
public static class GroupOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access Read = Access.Requires(PermissionKeys.UserRead);

    private static readonly Access Manage = Access.Requires(PermissionKeys.GroupManage);

    /// <summary>Lists every group.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<GroupInfo>> GroupList { get; } = new(
        Group, "group_list", "Lists every group.", Json.EmptyRequest, Json.IReadOnlyListGroupInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Shows one group; user_list with 'group' shows who is in it.</summary>
    public static Operation<GroupReference, GroupInfo> GroupGet { get; } = new(
        Group, "group_get", "Shows one group; user_list with 'group' shows who is in it.", Json.GroupReference, Json.GroupInfo)
    {
        Access = Read,
        ReadOnly = true,
        Problems = [GroupNotFound],
    };

    /// <summary>Creates a group.</summary>
    public static Operation<GroupCreateRequest, GroupInfo> GroupCreate { get; } = new(
        Group, "group_create", "Creates a group.", Json.GroupCreateRequest, Json.GroupInfo)
    {
        Access = Manage,
        Problems = [BadKey, GroupAlreadyExists],
    };

    /// <summary>Changes what is given of a group's key and description.</summary>
    public static Operation<GroupUpdateRequest, GroupInfo> GroupUpdate { get; } = new(
        Group, "group_update", "Changes what is given of a group's key and description.", Json.GroupUpdateRequest, Json.GroupInfo)
    {
        Access = Manage,
        Problems = [GroupNotFound, BadKey, GroupAlreadyExists],
    };

    /// <summary>Deletes a group; its members stay.</summary>
    public static Operation<GroupReference, StatusResponse> GroupDelete { get; } = new(
        Group, "group_delete", "Deletes a group; its members stay.", Json.GroupReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [GroupNotFound, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Puts a user or service account into a group.</summary>
    public static Operation<GroupMemberRequest, StatusResponse> GroupAddMember { get; } = new(
        Group, "group_add_member", "Puts a user or service account into a group.", Json.GroupMemberRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [GroupNotFound, UserNotFound, ExceedsAuthority],
    };

    /// <summary>Takes a user or service account out of a group.</summary>
    public static Operation<GroupMemberRequest, StatusResponse> GroupDeleteMember { get; } = new(
        Group, "group_delete_member", "Takes a user or service account out of a group.", Json.GroupMemberRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [GroupNotFound, UserNotFound, AssignmentNotFound, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Gives a role to every member of a group.</summary>
    public static Operation<GroupRoleRequest, StatusResponse> GroupAddRole { get; } = new(
        Group, "group_add_role", "Gives a role to every member of a group.", Json.GroupRoleRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [GroupNotFound, RoleNotFound, ExceedsAuthority],
    };

    /// <summary>Takes a role from every member of a group.</summary>
    public static Operation<GroupRoleRequest, StatusResponse> GroupDeleteRole { get; } = new(
        Group, "group_delete_role", "Takes a role from every member of a group.", Json.GroupRoleRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [GroupNotFound, RoleNotFound, AssignmentNotFound, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        GroupList, GroupGet, GroupCreate, GroupUpdate, GroupDelete, GroupAddMember, GroupDeleteMember, GroupAddRole,
        GroupDeleteRole,
    ];
}
