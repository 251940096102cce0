using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.IssuerProblems;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about issuers whose tokens are accepted beside our own, and about what their claims give.</summary>
public static class IssuerOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    private static readonly Access Read = Access.Requires(PermissionKeys.UserRead);

    private static readonly Access Manage = Access.Requires(PermissionKeys.IssuerManage);

    /// <summary>Lists every trusted issuer.</summary>
    public static Operation<EmptyRequest, IReadOnlyList<IssuerInfo>> IssuerList { get; } = new(
        Group, "issuer_list", "Lists every trusted issuer.", Json.EmptyRequest, Json.IReadOnlyListIssuerInfo)
    {
        Access = Read,
        ReadOnly = true,
    };

    /// <summary>Shows one trusted issuer.</summary>
    public static Operation<IssuerReference, IssuerInfo> IssuerGet { get; } = new(
        Group, "issuer_get", "Shows one trusted issuer.", Json.IssuerReference, Json.IssuerInfo)
    {
        Access = Read,
        ReadOnly = true,
        Problems = [IssuerNotFound],
    };

    /// <summary>Says that tokens of an issuer are accepted.</summary>
    public static Operation<IssuerCreateRequest, IssuerInfo> IssuerCreate { get; } = new(
        Group, "issuer_create", "Says that tokens of an issuer are accepted.", Json.IssuerCreateRequest, Json.IssuerInfo)
    {
        Access = Manage,
        Problems = [BadKey, BadIssuer, IssuerAlreadyExists, ExceedsAuthority],
    };

    /// <summary>Changes what is given of a trusted issuer.</summary>
    public static Operation<IssuerUpdateRequest, IssuerInfo> IssuerUpdate { get; } = new(
        Group, "issuer_update", "Changes what is given of a trusted issuer.", Json.IssuerUpdateRequest, Json.IssuerInfo)
    {
        Access = Manage,
        Problems = [IssuerNotFound, BadIssuer, Managed, ExceedsAuthority],
    };

    /// <summary>Deletes a trusted issuer with its rules; its tokens are refused from the next request on. Its actors stay.</summary>
    public static Operation<IssuerReference, StatusResponse> IssuerDelete { get; } = new(
        Group, "issuer_delete", "Deletes a trusted issuer with its rules; its tokens are refused from the next request on.",
        Json.IssuerReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [IssuerNotFound, Managed],
    };

    /// <summary>Says whether an external token would be accepted, and if not, why.</summary>
    public static Operation<TokenExchangeRequest, IssuerTestResponse> IssuerTest { get; } = new(
        Group, "issuer_test", "Says whether a token of another issuer would be accepted, and if not, why. Nothing is stored.",
        Json.TokenExchangeRequest, Json.IssuerTestResponse)
    {
        Access = Manage,
    };

    /// <summary>Lists the rules, of one trusted issuer or of all.</summary>
    public static Operation<IssuerRuleListRequest, IReadOnlyList<IssuerRuleInfo>> IssuerRuleList { get; } = new(
        Group, "issuer_rule_list", "Lists the rules of one trusted issuer, or of all.", Json.IssuerRuleListRequest, Json.IReadOnlyListIssuerRuleInfo)
    {
        Access = Read,
        ReadOnly = true,
        Problems = [IssuerNotFound],
    };

    /// <summary>Makes a rule.</summary>
    public static Operation<IssuerRuleCreateRequest, IssuerRuleInfo> IssuerRuleCreate { get; } = new(
        Group, "issuer_rule_create", "Makes a rule: which roles tokens of an issuer give, when their claims are so.",
        Json.IssuerRuleCreateRequest, Json.IssuerRuleInfo)
    {
        Access = Manage,
        Problems = [IssuerNotFound, BadKey, BadCondition, RoleNotFound, IssuerRuleAlreadyExists, Managed, ExceedsAuthority],
    };

    /// <summary>Changes what is given of a rule.</summary>
    public static Operation<IssuerRuleUpdateRequest, IssuerRuleInfo> IssuerRuleUpdate { get; } = new(
        Group, "issuer_rule_update", "Changes what is given of a rule.", Json.IssuerRuleUpdateRequest, Json.IssuerRuleInfo)
    {
        Access = Manage,
        Problems = [IssuerNotFound, IssuerRuleNotFound, BadCondition, RoleNotFound, Managed, ExceedsAuthority],
    };

    /// <summary>Deletes a rule: what it gave is gone from the next request on.</summary>
    public static Operation<IssuerRuleReference, StatusResponse> IssuerRuleDelete { get; } = new(
        Group, "issuer_rule_delete", "Deletes a rule: what it gave is gone from the next request on.",
        Json.IssuerRuleReference, Json.StatusResponse)
    {
        Access = Manage,
        Problems = [IssuerNotFound, IssuerRuleNotFound],
    };

    /// <summary>Exchanges a token of a trusted issuer for a session of this server.</summary>
    public static Operation<TokenExchangeRequest, SignInResponse> TokenExchange { get; } = new(
        Group, "token_exchange", "Exchanges a token of a trusted issuer for a session of this server.",
        Json.TokenExchangeRequest, Json.SignInResponse)
    {
        Access = Access.Public,
        CarriesToken = true,
        Authenticates = true,
        Problems = [InvalidToken, TokenExpired, IssuerUnavailable],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        IssuerList, IssuerGet, IssuerCreate, IssuerUpdate, IssuerDelete, IssuerTest, IssuerRuleList, IssuerRuleCreate, IssuerRuleUpdate,
        IssuerRuleDelete, TokenExchange,
    ];
}
