using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.External;

/// <summary>From a verified token of another issuer to the caller: the store says whether and what.</summary>
internal sealed class ExternalCallers(StoreHolder store)
{
    /// <summary>The caller, made an actor when they are new; null when the issuer was changed since the token was verified.</summary>
    public async ValueTask<Outcome<Caller>?> LoadAsync(ValidatedToken validated, CallContext call)
    {
        var token = validated.External!;
        var (standing, caller) = store.Current.Read(transaction => Find(transaction, validated.Credential, token));
        if (standing is null)
        {
            return null;
        }

        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }

        if (caller is null)
        {
            return await store.Current.WriteAsync(transaction => Make(transaction, validated.Credential, token, call));
        }

        if (ExternalActors.IsNew(standing.Actor!, new ExternalProfile(caller.Fullname, caller.Email)))
        {
            await FollowAsync(token, call);
        }

        return caller;
    }

    /// <summary>
    /// The caller as the transaction sees them, who must have come before; null when the issuer was changed since the token was verified.
    /// </summary>
    public static Outcome<Caller>? Load(StoreTransaction transaction, Credential credential, ExternalToken token)
    {
        var (standing, caller) = Find(transaction, credential, token);
        return standing is null ? null
            : standing.Refusal is { } refusal ? refusal
            : caller is null ? ProblemCatalogue.InvalidToken
            : caller;
    }

    private static (ExternalStanding? Standing, Caller? Caller) Find(StoreTransaction transaction, Credential credential, ExternalToken token)
    {
        var standing = ExternalStanding.Of(transaction, token);
        return (standing, standing is { Refusal: null, Actor: { } actor } ? ToCaller(transaction, credential, token, actor, standing.Rules) : null);
    }

    // A hundred at once: the first of them makes the actor, and the others find it.
    private static Outcome<Caller>? Make(StoreTransaction transaction, Credential credential, ExternalToken token, CallContext call) =>
        ExternalStanding.Of(transaction, token) is not { } standing ? null
        : standing.Refusal is { } refusal ? refusal
        : ToCaller(transaction, credential, token, ExternalActors.Align(transaction, standing.Actor, token, call), standing.Rules);

    private static Caller ToCaller(
        StoreTransaction transaction, Credential credential, ExternalToken token, ActorRow actor, FittingRules rules)
    {
        var profile = ExternalProfile.Of(token);
        return new Caller
        {
            Credential = credential,
            External = token,
            ActorId = actor.Id,
            Issuer = actor.Issuer,
            Subject = actor.Subject,
            Fullname = profile.Fullname,
            Email = profile.Email,
            Roles = rules.RolesOf(transaction, actor.Id),
            Groups = AuthorityQueries.Groups(transaction, actor.Id),
            Permissions = rules.PermissionsOf(transaction, actor.Id),
        };
    }

    private async Task FollowAsync(ExternalToken token, CallContext call)
    {
        try
        {
            await store.Current.WriteAsync(transaction =>
                ExternalStanding.Of(transaction, token) is { Refusal: null, Actor: { } actor } && ExternalActors.Align(transaction, actor, token, call) != actor);
        }
        catch (StoreUnavailableException)
        {
            // What somebody is called is no reason to refuse them: it is stored when the disk takes it again.
        }
    }
}
