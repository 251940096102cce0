using Medatarun.Contracts.Operations;
using static Medatarun.Contracts.Problems.ProblemCatalogue;

namespace Medatarun.Contracts.Auth;

/// <summary>The operations about sessions: who is signed in where.</summary>
public static class SessionOperations
{
    private const string Group = "auth";

    private static readonly MedatarunJsonContext Json = MedatarunJson.Context;

    /// <summary>Lists sessions that live: one's own, or with <c>token_manage</c> anybody's.</summary>
    public static Operation<CredentialListRequest, SessionPage> SessionList { get; } = new(
        Group, "session_list", "Lists sessions that live: your own, or with the permission token_manage anybody's.",
        Json.CredentialListRequest, Json.SessionPage)
    {
        Access = Access.SignedIn,
        ReadOnly = true,
        Problems = [PermissionDenied, SessionRequired, ActorNotFound],
    };

    /// <summary>Ends a session: its tokens are refused from the next request on.</summary>
    public static Operation<SessionReference, StatusResponse> SessionRevoke { get; } = new(
        Group, "session_revoke", "Ends a session: its tokens are refused from the next request on.",
        Json.SessionReference, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        Problems = [SessionRequired, SessionNotFound, ExceedsAuthority],
    };

    /// <summary>Ends every session of a user.</summary>
    public static Operation<SessionRevokeAllRequest, StatusResponse> SessionRevokeAll { get; } = new(
        Group, "session_revoke_all", "Ends every session of a user; of your own, all but the one you call with.",
        Json.SessionRevokeAllRequest, Json.StatusResponse)
    {
        Access = Access.SignedIn,
        Problems = [PermissionDenied, SessionRequired, ActorNotFound, ExceedsAuthority],
    };

    /// <summary>Every operation of this class.</summary>
    public static IReadOnlyList<Operation> All { get; } = [SessionList, SessionRevoke, SessionRevokeAll];
}
