using System.Collections.Frozen;

namespace Medatarun.Contracts.Problems;

/// <summary>Every refusal the server knows. A code that is not here is never sent.</summary>
public static class ProblemCatalogue
{
    /// <summary>The body is not the JSON object that was expected.</summary>
    public static ProblemDefinition MalformedRequest { get; } = new(
        "malformed_request", 400, "Malformed request", "The request body is not a JSON object.",
        "Send one JSON object, in UTF-8, with each member at most once.");

    /// <summary>A member is missing, has the wrong type or is out of range.</summary>
    public static ProblemDefinition InvalidRequest { get; } = new(
        "invalid_request", 400, "Invalid request", "A member of the request is missing or not valid.",
        "Correct the members named in 'errors' and send the request again.");

    /// <summary>A username breaks the rules.</summary>
    public static ProblemDefinition BadUsername { get; } = new(
        "bad_username", 400, "Bad username", "Bad username.",
        "Use 3 to 32 characters: lower case letters and digits, in parts joined by one '.', '_' or '-', a letter first.");

    /// <summary>A full name breaks the rules.</summary>
    public static ProblemDefinition BadFullName { get; } = new(
        "bad_fullname", 400, "Bad full name", "Bad full name.",
        "Use 1 to 200 characters: letters of any script, digits, marks, spaces and - ' ’ . ,");

    /// <summary>An e-mail address breaks the rules.</summary>
    public static ProblemDefinition BadEmail { get; } = new(
        "bad_email", 400, "Bad e-mail address", "Bad e-mail address.",
        "Use an address of the form name@host, at most 254 characters.");

    /// <summary>A password breaks the rules.</summary>
    public static ProblemDefinition BadPassword { get; } = new(
        "bad_password", 400, "Bad password", "Bad password.",
        "Use at least 14 characters with three of lower case, upper case, digit and symbol; not the username, not a common password.");

    /// <summary>A key of a role, group or permission breaks the rules.</summary>
    public static ProblemDefinition BadKey { get; } = new(
        "bad_key", 400, "Bad key", "Bad key.",
        "Use 2 to 64 characters: lower case letters and digits, in parts joined by one '.', '_' or '-', a letter first.");

    /// <summary>The product's own roles and permissions stay as they are.</summary>
    public static ProblemDefinition Managed { get; } = new(
        "managed", 400, "Managed", "This is the product's own and cannot be changed.",
        "Make a role or permission of your own.");

    /// <summary>Implied permissions would lead back to where they started.</summary>
    public static ProblemDefinition PermissionCycle { get; } = new(
        "permission_cycle", 400, "Cycle of permissions", "A permission cannot imply itself, also not through others.",
        "Leave out the permission that leads back.");

    /// <summary>A principal is a <c>User</c> or an <c>Operator</c>.</summary>
    public static ProblemDefinition InvalidType { get; } = new(
        "invalid_type", 400, "Invalid type", "Invalid type. Must be 'User' or 'Operator'",
        "Use User, or Operator for somebody who may do everything.");

    /// <summary>The refresh token is not one that is accepted (RFC 6749 §5.2).</summary>
    public static ProblemDefinition InvalidGrant { get; } = new(
        "invalid_grant", 400, "Invalid grant", "The refresh token is not valid.",
        "Sign in again to get a new one.");

    /// <summary>Callers do not disable or delete themselves.</summary>
    public static ProblemDefinition NotYourself { get; } = new(
        "not_yourself", 400, "Not yourself", "You cannot do this to your own account.",
        "Ask another administrator.");

    /// <summary>There is no such role.</summary>
    public static ProblemDefinition RoleNotFound { get; } = new(
        "role_not_found", 404, "Role not found", "There is no role of that name.",
        "List the roles to see which there are.");

    /// <summary>There is no such group.</summary>
    public static ProblemDefinition GroupNotFound { get; } = new(
        "group_not_found", 404, "Group not found", "There is no group of that name.",
        "List the groups to see which there are.");

    /// <summary>No token was sent.</summary>
    public static ProblemDefinition AuthenticationRequired { get; } = new(
        "authentication_required", 401, "Authentication required", "Sign in first.",
        "Send an access token in the Authorization header: Bearer <token>.");

    /// <summary>The token is not one that is accepted, or its session or user is gone.</summary>
    public static ProblemDefinition InvalidToken { get; } = new(
        "invalid_token", 401, "Invalid token", "The access token is not valid.",
        "Sign in again to get a new token.");

    /// <summary>The token was good once.</summary>
    public static ProblemDefinition TokenExpired { get; } = new(
        "token_expired", 401, "Token expired", "The access token has expired.",
        "Sign in again to get a new token.");

    /// <summary>Sign-in failed, for whatever reason.</summary>
    public static ProblemDefinition BadCredentials { get; } = new(
        "bad_credentials", 401, "Bad credentials", "Bad credentials.",
        "Check the name and the password. A disabled account, and one that is held off after failed attempts, answer the same.");

    /// <summary>The bootstrap secret is wrong.</summary>
    public static ProblemDefinition BadBootstrapSecret { get; } = new(
        "bad_bootstrap_secret", 401, "Bad bootstrap secret", "Bad bootstrap secret.",
        "Use the secret that the server printed when it last started; each start makes a new one.");

    /// <summary>The caller lacks a permission.</summary>
    public static ProblemDefinition PermissionDenied { get; } = new(
        "permission_denied", 403, "Permission denied", "You may not do this.",
        "Ask an administrator for the permission, or sign in as someone who holds it.");

    /// <summary>Callers give away only what they hold, and change only those who hold no more.</summary>
    public static ProblemDefinition ExceedsAuthority { get; } = new(
        "exceeds_authority", 403, "Exceeds your authority", "This needs permissions that you do not hold.",
        "Ask somebody who holds the permissions that are named.");

    /// <summary>The server does not let people make their own accounts.</summary>
    public static ProblemDefinition RegistrationClosed { get; } = new(
        "registration_closed", 403, "Registration is closed", "This server does not let people make their own accounts.",
        "Ask an administrator for an account.");

    /// <summary>An API token stands for its owner's authority, not for the account.</summary>
    public static ProblemDefinition SessionRequired { get; } = new(
        "session_required", 403, "Sign-in required", "An API token cannot do this: it is about the account itself.",
        "Sign in with a name and password, or with a token that an operator made, and do it again.");

    /// <summary>The old password did not match.</summary>
    public static ProblemDefinition BadOldPassword { get; } = new(
        "bad_old_password", 403, "Bad old password", "The old password is wrong.",
        "Give your current password as the old one.");

    /// <summary>There is no such permission.</summary>
    public static ProblemDefinition PermissionNotFound { get; } = new(
        "permission_not_found", 404, "Permission not found", "There is no permission of that key.",
        "List the permissions to see which there are.");

    /// <summary>There is no such service account.</summary>
    public static ProblemDefinition ServiceAccountNotFound { get; } = new(
        "service_account_not_found", 404, "Service account not found", "There is no service account of that name.",
        "List the service accounts to see which there are.");

    /// <summary>There is no such session.</summary>
    public static ProblemDefinition SessionNotFound { get; } = new(
        "session_not_found", 404, "Session not found", "There is no session of that id.",
        "List the sessions to see which there are.");

    /// <summary>There is no such API token.</summary>
    public static ProblemDefinition ApiTokenNotFound { get; } = new(
        "api_token_not_found", 404, "API token not found", "There is no API token of that id.",
        "List the API tokens to see which there are.");

    /// <summary>What should be removed is not there.</summary>
    public static ProblemDefinition AssignmentNotFound { get; } = new(
        "assignment_not_found", 404, "Assignment not found", "There is nothing to remove.",
        "Look at what is assigned: it may have been removed already.");

    /// <summary>There is nothing at that address.</summary>
    public static ProblemDefinition RouteNotFound { get; } = new(
        "route_not_found", 404, "Not found", "There is nothing at this address.",
        "GET /api lists every operation.");

    /// <summary>There is no such operation.</summary>
    public static ProblemDefinition OperationNotFound { get; } = new(
        "operation_not_found", 404, "Operation not found", "There is no such operation.",
        "GET /api lists every operation.");

    /// <summary>There is no such user.</summary>
    public static ProblemDefinition UserNotFound { get; } = new(
        "user_not_found", 404, "User not found", "User not found.",
        "List the users to see which there are.");

    /// <summary>There is no such actor.</summary>
    public static ProblemDefinition ActorNotFound { get; } = new(
        "actor_not_found", 404, "Actor not found", "Actor not found.",
        "List the actors to see which there are.");

    /// <summary>The address exists, the method does not fit it.</summary>
    public static ProblemDefinition MethodNotAllowed { get; } = new(
        "method_not_allowed", 405, "Method not allowed", "This address does not take this method.",
        "Use a method named in the Allow header.");

    /// <summary>The username is taken, or was once.</summary>
    public static ProblemDefinition UserAlreadyExists { get; } = new(
        "user_already_exists", 409, "User already exists", "User already exists.",
        "Choose another username. The name of a deleted user is not given out again.");

    /// <summary>The key of the role is taken.</summary>
    public static ProblemDefinition RoleAlreadyExists { get; } = new(
        "role_already_exists", 409, "Role already exists", "There is a role of that key.", "Choose another key.");

    /// <summary>The key of the group is taken.</summary>
    public static ProblemDefinition GroupAlreadyExists { get; } = new(
        "group_already_exists", 409, "Group already exists", "There is a group of that key.", "Choose another key.");

    /// <summary>The key of the permission is taken.</summary>
    public static ProblemDefinition PermissionAlreadyExists { get; } = new(
        "permission_already_exists", 409, "Permission already exists", "There is a permission of that key.", "Choose another key.");

    /// <summary>The e-mail address is another user's.</summary>
    public static ProblemDefinition EmailAlreadyUsed { get; } = new(
        "email_already_used", 409, "E-mail address already used", "Another user has this e-mail address.",
        "Choose another address, or clear it on the other user first.");

    /// <summary>The principal exists and is of the other type.</summary>
    public static ProblemDefinition PrincipalTypeMismatch { get; } = new(
        "principal_type_mismatch", 409, "Other type of principal", "The principal exists and is of the other type.",
        "Ask for a token of the type that the principal is, or give it another role first.");

    /// <summary>A token for somebody who is disabled would be dead on arrival.</summary>
    public static ProblemDefinition PrincipalDisabled { get; } = new(
        "principal_disabled", 409, "Principal disabled", "The principal is disabled.",
        "Enable the user or service account first.");

    /// <summary>So many live API tokens are an accident, or a way to fill the disk.</summary>
    public static ProblemDefinition ApiTokenLimit { get; } = new(
        "api_token_limit", 409, "Too many API tokens", "Nobody can have more than 1,000 API tokens.",
        "Revoke those that are no longer used, or give new ones an end.");

    /// <summary>One active administrator must remain.</summary>
    public static ProblemDefinition LastAdmin { get; } = new(
        "last_admin", 409, "Last administrator", "This is the last active administrator.",
        "Make another active user an administrator first.");

    /// <summary>The bootstrap secret has been used.</summary>
    public static ProblemDefinition BootstrapAlreadyConsumed { get; } = new(
        "bootstrap_already_consumed", 410, "Bootstrap already consumed", "Bootstrap already consumed.",
        "Sign in as the administrator that exists.");

    /// <summary>The body is over the limit.</summary>
    public static ProblemDefinition RequestTooLarge { get; } = new(
        "request_too_large", 413, "Request too large", "The request body is larger than 64 KiB.",
        "Send less in one request.");

    /// <summary>The body is not declared as JSON.</summary>
    public static ProblemDefinition UnsupportedMediaType { get; } = new(
        "unsupported_media_type", 415, "Unsupported media type", "The request body must be application/json.",
        "Send Content-Type: application/json.");

    /// <summary>Too many requests of this kind wait already.</summary>
    public static ProblemDefinition Throttled { get; } = new(
        "throttled", 429, "Too many requests", "Too many sign-ins are waiting.",
        "Try again after the seconds in the Retry-After header.");

    /// <summary>Nobody expected this. The log has it under the request id.</summary>
    public static ProblemDefinition InternalError { get; } = new(
        "internal_error", 500, "Internal error", "The server met an unexpected fault.",
        "Look for the request id in the server's log.");

    /// <summary>The store cannot take writes now.</summary>
    public static ProblemDefinition StorageUnavailable { get; } = new(
        "storage_unavailable", 503, "Storage unavailable", "The server cannot write its data now. Nothing was changed.",
        "Check the server's disk, then try again.");

    /// <summary>Every problem.</summary>
    public static IReadOnlyList<ProblemDefinition> All { get; } =
    [
        RegistrationClosed, SessionRequired, InvalidType, InvalidGrant, SessionNotFound, ApiTokenNotFound, PrincipalTypeMismatch,
        PrincipalDisabled, ApiTokenLimit,
        BadKey, Managed, PermissionCycle, ExceedsAuthority, PermissionNotFound, ServiceAccountNotFound, AssignmentNotFound,
        RoleAlreadyExists, GroupAlreadyExists, PermissionAlreadyExists,
        MalformedRequest, InvalidRequest, BadUsername, BadFullName, BadEmail, BadPassword, NotYourself, RoleNotFound,
        GroupNotFound, AuthenticationRequired, InvalidToken, TokenExpired, BadCredentials, BadBootstrapSecret,
        PermissionDenied, BadOldPassword, RouteNotFound, OperationNotFound, UserNotFound, ActorNotFound,
        MethodNotAllowed, UserAlreadyExists, EmailAlreadyUsed, LastAdmin, BootstrapAlreadyConsumed, RequestTooLarge,
        UnsupportedMediaType, Throttled, InternalError, StorageUnavailable,
        .. IssuerProblems.All, .. ImportProblems.All,
    ];

    private static readonly FrozenDictionary<string, ProblemDefinition> ByCode =
        All.ToFrozenDictionary(problem => problem.Code, StringComparer.Ordinal);

    /// <summary>Finds a problem by its code; null when this version does not know it.</summary>
    /// <param name="code">The stable code.</param>
    public static ProblemDefinition? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);
}
