using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about actors: users, service accounts, and later identities from elsewhere.</summary>
public static class ActorOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access Read = Access.Requires(PermissionKeys.UserRead);

    private static readonly Access Manage = Access.Requires(PermissionKeys.UserManage);

    /// <summary>Lists every actor.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<ActorInfo>> ActorList { get; } = new(
        Group, "actor_list", "Lists every actor.", Json.EmptyRequest, Json.IReadOnlyListActorInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Shows one actor.</summary>
    public static Operation<ActorReference, ActorInfo> ActorGet { get; } = new(
        Group, "actor_get", "Shows one actor.", Json.ActorReference, Json.ActorInfo)
    {
        Access = Read,
        ReadOnly = true,
        Problems = [ActorNotFound],
    };

    /// <summary>Enables an actor again.</summary>
    public static Operation<ActorReference, StatusResponse> ActorEnable { get; } = new(
        Group, "actor_enable", "Enables an actor again.", Json.ActorReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [ActorNotFound, Managed, ExceedsAuthority],
    };

    /// <summary>Disables an actor and ends their sessions.</summary>
    public static Operation<ActorReference, StatusResponse> ActorDisable { get; } = new(
        Group, "actor_disable", "Disables an actor and ends their sessions.", Json.ActorReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [ActorNotFound, Managed, NotYourself, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Gives a role to an actor.</summary>
    public static Operation<ActorRoleRequest, StatusResponse> ActorAddRole { get; } = new(
        Group, "actor_add_role", "Gives a role to an actor.", Json.ActorRoleRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [ActorNotFound, RoleNotFound, Managed, ExceedsAuthority],
    };

    /// <summary>Takes a role from an actor.</summary>
    public static Operation<ActorRoleRequest, StatusResponse> ActorDeleteRole { get; } = new(
        Group, "actor_delete_role", "Takes a role from an actor.", Json.ActorRoleRequest, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [ActorNotFound, RoleNotFound, AssignmentNotFound, LastAdmin, ExceedsAuthority],
    };

    /// <summary>Creates a service account: an actor without a password, for runbooks and pipelines.</summary>
    public static Operation<ServiceAccountCreateRequest, ActorInfo> ServiceAccountCreate { get; } = new(
        Group, "service_account_create", "Creates a service account: an actor without a password, for runbooks and pipelines.", Json.ServiceAccountCreateRequest, Json.ActorInfo)
    {
        Access = Manage,
        Problems = [BadUsername, BadFullName, UserAlreadyExists, UserNotFound, RoleNotFound, ExceedsAuthority],
    };

    /// <summary>Lists every service account.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<ActorInfo>> ServiceAccountList { get; } = new(
        Group, "service_account_list", "Lists every service account.", Json.EmptyRequest, Json.IReadOnlyListActorInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Deletes a service account for good; its name is not given out again.</summary>
    public static Operation<ServiceAccountReference, StatusResponse> ServiceAccountDelete { get; } = new(
        Group, "service_account_delete", "Deletes a service account for good; its name is not given out again.", Json.ServiceAccountReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [ServiceAccountNotFound, NotYourself, ExceedsAuthority],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        ActorList, ActorGet, ActorEnable, ActorDisable, ActorAddRole, ActorDeleteRole, ServiceAccountCreate,
        ServiceAccountList, ServiceAccountDelete,
    ];
}
