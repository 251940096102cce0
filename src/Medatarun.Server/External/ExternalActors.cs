using Medatarun.Server.Access;
using Medatarun.Server.Audit;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Makes actors of subjects that other issuers vouch for, and lets their names follow their tokens.</summary>
internal static class ExternalActors
{
    /// <summary>What the audit record of a new actor says.</summary>
    public const string CreateRecord = "auth/actor_create";

    /// <summary>What the audit record of another name or e-mail address says.</summary>
    public const string UpdateRecord = "auth/actor_update";

    /// <summary>Makes the actor with the automatic role, if there is none, and stores what it is called, if that is new.</summary>
    /// <param name="transaction">A write transaction, in which the standing was judged.</param>
    /// <param name="known">The actor; null when there is none.</param>
    /// <param name="token">The verified token.</param>
    /// <param name="call">The call that brings it.</param>
    public static ActorRow Align(StoreTransaction transaction, ActorRow? known, ExternalToken token, CallContext call)
    {
        var profile = ExternalProfile.Of(token);
        if (known is null)
        {
            return Create(transaction, token, profile, call);
        }

        if (!IsNew(known, profile))
        {
            return known;
        }

        ActorQueries.SetProfile(transaction, known.Id, profile.Fullname, profile.Email);
        AuditLog.Append(transaction, UpdateRecord, known, call);
        return known with { Fullname = profile.Fullname, Email = profile.Email };
    }

    /// <summary>Whether a token says another name or e-mail address than the actor has.</summary>
    public static bool IsNew(ActorRow actor, ExternalProfile profile) =>
        actor.Fullname != profile.Fullname || actor.Email != profile.Email;

    private static ActorRow Create(StoreTransaction transaction, ExternalToken token, ExternalProfile profile, CallContext call)
    {
        var actor = new ActorRow
        {
            Id = Guid.CreateVersion7(call.Now),
            Kind = ActorKinds.External,
            Issuer = token.Issuer.Issuer,
            Subject = token.Subject,
            Fullname = profile.Fullname,
            Email = profile.Email,
            CreatedAt = call.Now,
        };
        ActorQueries.Insert(transaction, actor);
        if (RoleQueries.AutoAssigned(transaction) is { } automatic)
        {
            ActorQueries.AddRole(transaction, actor.Id, automatic.Id);
        }

        AuditLog.Append(transaction, CreateRecord, actor, call);
        return actor;
    }
}
