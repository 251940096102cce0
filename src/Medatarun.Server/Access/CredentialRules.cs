using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>
/// Whose credentials a caller may see and end: those of their own account when they signed in, and with <c>token_manage</c> others'.
/// An API token stands for its owner's authority, not for the account (docs/decisions/0008-credentials.md), so that to it nothing is its own.
/// </summary>
internal static class CredentialRules
{
    /// <summary>Whether an account is the caller's own.</summary>
    public static bool IsOwn(Caller caller, Guid actor) =>
        caller.Credential.Kind == CredentialKind.Session && caller.ActorId == actor;

    /// <summary>The account that a request names, the caller's when it names none; or the refusal of looking at it.</summary>
    public static Outcome<Guid> Account(StoreTransaction transaction, Caller caller, string? username)
    {
        var actor = string.IsNullOrEmpty(username) ? caller.ActorId : ActorQueries.FindLocalByName(transaction, username)?.Id;
        // Without the permission, names that exist and names that do not are the same.
        return MaySee(caller, actor) is { } refusal ? refusal
            : actor is { } found ? found
            : Problem.OfMember(ProblemCatalogue.ActorNotFound, "username", $"There is nobody of the name '{username}'.");
    }

    /// <summary>The refusal of seeing the credentials of an account, null for everybody's or nobody's; or null.</summary>
    public static Problem? MaySee(Caller caller, Guid? actor) =>
        caller.Holds(PermissionKeys.TokenManage) || (actor is { } account && IsOwn(caller, account)) ? null
        : actor == caller.ActorId ? ProblemCatalogue.SessionRequired
        : new Problem(
            ProblemCatalogue.PermissionDenied,
            $"For anybody but yourself this needs the permission '{PermissionKeys.TokenManage}', which you do not hold.");

    /// <summary>The refusal of ending credentials of an account, or null.</summary>
    public static Problem? MayEnd(StoreTransaction transaction, Caller caller, Guid actor) =>
        IsOwn(caller, actor) ? null : MaySee(caller, actor) ?? AuthorityRules.MayChange(transaction, caller, actor);
}
