using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Ends every session of a user.</summary>
public sealed record SessionRevokeAllRequest
{
    /// <summary>Whose. Default: the caller's own, but for the session of this call. Another's needs <c>token_manage</c>.</summary>
    [Member("The username or service account whose sessions end; your own, but for the one you call with, when left out.")]
    public string? Username { get; init; }
}
