using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about tokens.</summary>
public static class TokenOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    /// <summary>Exchanges a refresh token for a new access token and a new refresh token.</summary>
    public static Operation<TokenRefreshRequest, SignInResponse> TokenRefresh { get; } = new(
        Group, "token_refresh", "Exchanges a refresh token for a new access token and a new refresh token.",
        Json.TokenRefreshRequest, Json.SignInResponse)
    {
        Access = Access.Public,
        CarriesToken = true,
        Authenticates = true,
        Problems = [InvalidGrant],
    };

    /// <summary>Makes an access token for somebody else.</summary>
    public static Operation<TokenMintRequest, SignInResponse> TokenMint { get; } = new(
        Group, "token_mint", "Makes an access token for somebody else, and the service account when there is nobody of that name.",
        Json.TokenMintRequest, Json.SignInResponse)
    {
        Access = Access.Requires(PermissionKeys.TokenManage),
        CarriesToken = true,
        Authenticates = true,
        Problems = [InvalidType, BadUsername, UserAlreadyExists, PrincipalTypeMismatch, PrincipalDisabled, ExceedsAuthority, Managed],
    };

    /// <summary>Says whether a token is accepted, and whose it is (RFC 7662).</summary>
    public static Operation<TokenReference, TokenIntrospectResponse> TokenIntrospect { get; } = new(
        Group, "token_introspect", "Says whether a token is accepted now, and whose it is.",
        Json.TokenReference, Json.TokenIntrospectResponse)
    {
        Access = Access.Requires(PermissionKeys.TokenIntrospect),
    };

    /// <summary>Ends what a token proves: its session, or the API token (RFC 7009). An unknown token is no error.</summary>
    public static Operation<TokenReference, StatusResponse> TokenRevoke { get; } = new(
        Group, "token_revoke", "Ends what a token proves: its session, or the API token itself.",
        Json.TokenReference, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        Authenticates = true,
        Problems = [PermissionDenied, SessionRequired, ExceedsAuthority],
    };

    /// <summary>Makes an API token.</summary>
    public static Operation<ApiTokenCreateRequest, ApiTokenCreateResponse> ApiTokenCreate { get; } = new(
        Group, "api_token_create", "Makes an API token, which lives until it is revoked; its value is shown this once.",
        Json.ApiTokenCreateRequest, Json.ApiTokenCreateResponse)
    {
        Access = Access.SignedIn,
        NeedsSession = true,
        CarriesToken = true,
        Problems = [SessionRequired, PermissionDenied, PermissionNotFound, ActorNotFound, ExceedsAuthority, PrincipalDisabled, ApiTokenLimit],
    };

    /// <summary>Lists API tokens that live: one's own, or with <c>token_manage</c> anybody's. Never a value.</summary>
    public static Operation<CredentialListRequest, ApiTokenPage> ApiTokenList { get; } = new(
        Group, "api_token_list", "Lists API tokens that live: your own, or with the permission token_manage anybody's.",
        Json.CredentialListRequest, Json.ApiTokenPage)
    {
        Access = Access.SignedIn,
        ReadOnly = true,
        Problems = [PermissionDenied, ActorNotFound],
    };

    /// <summary>Revokes an API token: it is refused from the next request on. Doing it again does nothing.</summary>
    public static Operation<ApiTokenReference, StatusResponse> ApiTokenRevoke { get; } = new(
        Group, "api_token_revoke", "Revokes an API token: it is refused from the next request on.",
        Json.ApiTokenReference, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        Authenticates = true,
        Problems = [ApiTokenNotFound, ExceedsAuthority],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
        [TokenRefresh, TokenMint, TokenIntrospect, TokenRevoke, ApiTokenCreate, ApiTokenList, ApiTokenRevoke];
}
