using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.External;
using Medatarun.Server.Groups;
using Medatarun.Server.Import;
using Medatarun.Server.Passwords;
using Medatarun.Server.Sessions;
using Medatarun.Server.State;
using Medatarun.Server.Tokens;
using Medatarun.Server.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Operations;

/// <summary>The list of implementations. One that is missing stops the start with the operation's name.</summary>
internal static class OperationRegistrations
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddOperation<AdminBootstrapHandler, AdminBootstrapRequest, SignInResponse>();
        services.AddOperation<LoginHandler, LoginRequest, SignInResponse>();
        services.AddOperation<RegisterHandler, RegisterRequest, SignInResponse>();
        services.AddOperation<WhoAmIHandler, EmptyRequest, WhoAmIResponse>();
        services.AddOperation<LogoutHandler, EmptyRequest, StatusResponse>();
        services.AddOperation<ChangeMyPasswordHandler, ChangeMyPasswordRequest, StatusResponse>();
        services.AddOperation<UserCreateHandler, UserCreateRequest, UserInfo>();
        services.AddOperation<UserListHandler, UserListRequest, UserPage>();
        services.AddOperation<UserGetHandler, UserReference, UserInfo>();
        services.AddOperation<UserUpdateHandler, UserUpdateRequest, UserInfo>();
        services.AddOperation<UserChangeFullNameHandler, UserChangeFullNameRequest, StatusResponse>();
        services.AddOperation<UserChangePasswordHandler, UserChangePasswordRequest, StatusResponse>();
        services.AddOperation<UserDisableHandler, UserReference, StatusResponse>();
        services.AddOperation<UserEnableHandler, UserReference, StatusResponse>();
        services.AddOperation<UserUnlockHandler, UserReference, StatusResponse>();
        services.AddOperation<UserDeleteHandler, UserReference, StatusResponse>();
        services.AddOperation<ActorListHandler, EmptyRequest, IReadOnlyList<ActorInfo>>();
        services.AddOperation<ActorGetHandler, ActorReference, ActorInfo>();
        services.AddOperation<ActorEnableHandler, ActorReference, StatusResponse>();
        services.AddOperation<ActorDisableHandler, ActorReference, StatusResponse>();
        services.AddOperation<ActorAddRoleHandler, ActorRoleRequest, StatusResponse>();
        services.AddOperation<ActorDeleteRoleHandler, ActorRoleRequest, StatusResponse>();
        services.AddOperation<ServiceAccountCreateHandler, ServiceAccountCreateRequest, ActorInfo>();
        services.AddOperation<ServiceAccountListHandler, EmptyRequest, IReadOnlyList<ActorInfo>>();
        services.AddOperation<ServiceAccountDeleteHandler, ServiceAccountReference, StatusResponse>();
        services.AddOperation<RoleListHandler, EmptyRequest, IReadOnlyList<RoleInfo>>();
        services.AddOperation<RoleGetHandler, RoleReference, RoleInfo>();
        services.AddOperation<RoleCreateHandler, RoleCreateRequest, RoleInfo>();
        services.AddOperation<RoleUpdateNameHandler, RoleTextRequest, StatusResponse>();
        services.AddOperation<RoleUpdateKeyHandler, RoleTextRequest, StatusResponse>();
        services.AddOperation<RoleUpdateDescriptionHandler, RoleTextRequest, StatusResponse>();
        services.AddOperation<RoleUpdateAutoAssignHandler, RoleAutoAssignRequest, StatusResponse>();
        services.AddOperation<RoleAddPermissionHandler, RolePermissionRequest, StatusResponse>();
        services.AddOperation<RoleDeletePermissionHandler, RolePermissionRequest, StatusResponse>();
        services.AddOperation<RoleDeleteHandler, RoleReference, StatusResponse>();
        services.AddOperation<PermissionListHandler, EmptyRequest, IReadOnlyList<PermissionInfo>>();
        services.AddOperation<PermissionRegisterHandler, PermissionRegisterRequest, PermissionInfo>();
        services.AddOperation<PermissionDeleteHandler, PermissionReference, StatusResponse>();
        services.AddOperation<GroupListHandler, EmptyRequest, IReadOnlyList<GroupInfo>>();
        services.AddOperation<GroupGetHandler, GroupReference, GroupInfo>();
        services.AddOperation<GroupCreateHandler, GroupCreateRequest, GroupInfo>();
        services.AddOperation<GroupUpdateHandler, GroupUpdateRequest, GroupInfo>();
        services.AddOperation<GroupDeleteHandler, GroupReference, StatusResponse>();
        services.AddOperation<GroupAddMemberHandler, GroupMemberRequest, StatusResponse>();
        services.AddOperation<GroupDeleteMemberHandler, GroupMemberRequest, StatusResponse>();
        services.AddOperation<GroupAddRoleHandler, GroupRoleRequest, StatusResponse>();
        services.AddOperation<GroupDeleteRoleHandler, GroupRoleRequest, StatusResponse>();
        services.AddOperation<TokenRefreshHandler, TokenRefreshRequest, SignInResponse>();
        services.AddOperation<TokenIntrospectHandler, TokenReference, TokenIntrospectResponse>();
        services.AddOperation<TokenRevokeHandler, TokenReference, StatusResponse>();
        services.AddOperation<SessionListHandler, CredentialListRequest, SessionPage>();
        services.AddOperation<SessionRevokeHandler, SessionReference, StatusResponse>();
        services.AddOperation<SessionRevokeAllHandler, SessionRevokeAllRequest, StatusResponse>();
        services.AddOperation<TokenMintHandler, TokenMintRequest, SignInResponse>();
        services.AddOperation<ApiTokenCreateHandler, ApiTokenCreateRequest, ApiTokenCreateResponse>();
        services.AddOperation<ApiTokenListHandler, CredentialListRequest, ApiTokenPage>();
        services.AddOperation<ApiTokenRevokeHandler, ApiTokenReference, StatusResponse>();
        services.AddOperation<IssuerListHandler, EmptyRequest, IReadOnlyList<IssuerInfo>>();
        services.AddOperation<IssuerGetHandler, IssuerReference, IssuerInfo>();
        services.AddOperation<IssuerCreateHandler, IssuerCreateRequest, IssuerInfo>();
        services.AddOperation<IssuerUpdateHandler, IssuerUpdateRequest, IssuerInfo>();
        services.AddOperation<IssuerDeleteHandler, IssuerReference, StatusResponse>();
        services.AddOperation<IssuerTestHandler, TokenExchangeRequest, IssuerTestResponse>();
        services.AddOperation<IssuerRuleListHandler, IssuerRuleListRequest, IReadOnlyList<IssuerRuleInfo>>();
        services.AddOperation<IssuerRuleCreateHandler, IssuerRuleCreateRequest, IssuerRuleInfo>();
        services.AddOperation<IssuerRuleUpdateHandler, IssuerRuleUpdateRequest, IssuerRuleInfo>();
        services.AddOperation<IssuerRuleDeleteHandler, IssuerRuleReference, StatusResponse>();
        services.AddOperation<TokenExchangeHandler, TokenExchangeRequest, SignInResponse>();
        services.AddOperation<StateExportHandler, StateExportRequest, StateDocument>();
        services.AddOperation<StateCompareHandler, StateCompareRequest, StateCompareResponse>();
        services.AddOperation<StateApplyHandler, StateApplyRequest, StateCompareResponse>();
        services.AddStream<UserImportHandler, UserImportRequest, UserImportRow, UserImportResult>();
        services.AddOperation<UserExportHandler, UserExportRequest, UserExportPage>();
        services.AddOperation<PasswordSummaryHandler, EmptyRequest, PasswordSummary>();
    }
}
