using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about signing in and users.</summary>
public static class AuthOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access UserRead = Access.Requires(PermissionKeys.UserRead);

    private static readonly Access UserManage = Access.Requires(PermissionKeys.UserManage);

    /// <summary>Turns the one-time bootstrap secret into the first administrator, and signs them in.</summary>
    public static Operation<AdminBootstrapRequest, SignInResponse> AdminBootstrap { get; } = new(
        Group, "admin_bootstrap", "Turns the one-time bootstrap secret into the first administrator, and signs them in.",
        Json.AdminBootstrapRequest, Json.SignInResponse)
    {
        Access = Access.Public,
        CarriesToken = true,
        Authenticates = true,
        Problems = [BadBootstrapSecret, BootstrapAlreadyConsumed, BadUsername, BadFullName, BadPassword, UserAlreadyExists],
    };

    /// <summary>Signs in with a username or e-mail address and a password.</summary>
    public static Operation<LoginRequest, SignInResponse> Login { get; } = new(
        Group, "login", "Signs in with a username or e-mail address and a password.",
        Json.LoginRequest, Json.SignInResponse)
    {
        Access = Access.Public,
        CarriesToken = true,
        Authenticates = true,
        Problems = [BadCredentials, Throttled],
    };

    /// <summary>Makes an account for oneself and signs in, where registration is open.</summary>
    public static Operation<RegisterRequest, SignInResponse> Register { get; } = new(
        Group, "register", "Makes an account for yourself and signs you in, where registration is open.",
        Json.RegisterRequest, Json.SignInResponse)
    {
        Access = Access.Public,
        CarriesToken = true,
        Problems = [RegistrationClosed, BadUsername, BadFullName, BadPassword, BadEmail, UserAlreadyExists, EmailAlreadyUsed, Throttled],
    };

    /// <summary>Says who the caller is and what they may do.</summary>
    public static Operation<EmptyRequest, WhoAmIResponse> WhoAmI { get; } = new(
        Group, "whoami", "Says who the caller is and what they may do.", Json.EmptyRequest, Json.WhoAmIResponse)
    {
        Access = Access.SignedIn,
        ReadOnly = true,
    };

    /// <summary>Ends the caller's session: its token is refused from the next request on.</summary>
    public static Operation<EmptyRequest, StatusResponse> Logout { get; } = new(
        Group, "logout", "Ends the caller's session: its token is refused from the next request on.",
        Json.EmptyRequest, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        NeedsSession = true,
        Authenticates = true,
        Problems = [SessionRequired],
    };

    /// <summary>Changes the caller's own password and ends their other sessions.</summary>
    public static Operation<ChangeMyPasswordRequest, StatusResponse> ChangeMyPassword { get; } = new(
        Group, "change_my_password", "Changes the caller's own password and ends their other sessions.",
        Json.ChangeMyPasswordRequest, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        NeedsSession = true,
        Authenticates = true,
        Problems = [SessionRequired, BadOldPassword, BadPassword, Throttled],
    };

    /// <summary>Creates a user.</summary>
    public static Operation<UserCreateRequest, UserInfo> UserCreate { get; } = new(
        Group, "user_create", "Creates a user.", Json.UserCreateRequest, Json.UserInfo)
    {
        Aliases = ["create_user"],
        Access = UserManage,
        Problems = [ExceedsAuthority, BadUsername, BadFullName, BadPassword, BadEmail, RoleNotFound, GroupNotFound, UserAlreadyExists, EmailAlreadyUsed, Throttled],
    };

    /// <summary>Lists users, a page at a time, ordered by username.</summary>
    public static Operation<UserListRequest, UserPage> UserList { get; } = new(
        Group, "user_list", "Lists users, a page at a time, ordered by username.", Json.UserListRequest, Json.UserPage)
    {
        Access = UserRead,
        ReadOnly = true,
    };

    /// <summary>Shows one user.</summary>
    public static Operation<UserReference, UserInfo> UserGet { get; } = new(
        Group, "user_get", "Shows one user.", Json.UserReference, Json.UserInfo)
    {
        Access = UserRead,
        ReadOnly = true,
        Problems = [UserNotFound],
    };

    /// <summary>Changes what is given of a user's full name, e-mail address, role and groups.</summary>
    public static Operation<UserUpdateRequest, UserInfo> UserUpdate { get; } = new(
        Group, "user_update", "Changes what is given of a user's full name, e-mail address, role and groups.",
        Json.UserUpdateRequest, Json.UserInfo)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound, BadFullName, BadEmail, RoleNotFound, GroupNotFound, EmailAlreadyUsed, LastAdmin],
    };

    /// <summary>Changes a user's full name.</summary>
    public static Operation<UserChangeFullNameRequest, StatusResponse> UserChangeFullName { get; } = new(
        Group, "user_change_fullname", "Changes a user's full name.",
        Json.UserChangeFullNameRequest, Json.StatusResponse)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound, BadFullName],
    };

    /// <summary>Gives a user a new password and ends their sessions.</summary>
    public static Operation<UserChangePasswordRequest, StatusResponse> UserChangePassword { get; } = new(
        Group, "user_change_password", "Gives a user a new password and ends their sessions.",
        Json.UserChangePasswordRequest, Json.StatusResponse)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound, BadPassword, Throttled],
    };

    /// <summary>Disables a user and ends their sessions.</summary>
    public static Operation<UserReference, StatusResponse> UserDisable { get; } = new(
        Group, "user_disable", "Disables a user and ends their sessions.", Json.UserReference, Json.StatusResponse)
    {
        Aliases = ["disable_user"],
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound, NotYourself, LastAdmin],
    };

    /// <summary>Enables a user again.</summary>
    public static Operation<UserReference, StatusResponse> UserEnable { get; } = new(
        Group, "user_enable", "Enables a user again.", Json.UserReference, Json.StatusResponse)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound],
    };

    /// <summary>Lets a user sign in again at once who was held off after failed attempts.</summary>
    public static Operation<UserReference, StatusResponse> UserUnlock { get; } = new(
        Group, "user_unlock", "Lets a user sign in again at once who was held off after failed attempts.",
        Json.UserReference, Json.StatusResponse)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound],
    };

    /// <summary>Deletes a user for good. The username is not given out again.</summary>
    public static Operation<UserReference, StatusResponse> UserDelete { get; } = new(
        Group, "user_delete", "Deletes a user for good; the username is not given out again.",
        Json.UserReference, Json.StatusResponse)
    {
        Access = UserManage,
        Problems = [ExceedsAuthority, UserNotFound, NotYourself, LastAdmin],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        AdminBootstrap, Login, Register, WhoAmI, Logout, ChangeMyPassword,
        UserCreate, UserList, UserGet, UserUpdate, UserChangeFullName, UserChangePassword,
        UserDisable, UserEnable, UserUnlock, UserDelete,
    ];
}
