using Medatarun.Contracts.Import;
using Medatarun.Server.Access;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Sessions;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Import;

/// <summary>
/// Changes what a row says of a user who exists, with the guards of <c>user_update</c>, <c>user_disable</c> and
/// <c>user_change_password</c>. What is as the row says it is not written.
/// </summary>
internal sealed class UserChange(
    StoreTransaction transaction, Caller caller, GrantCache grants, PasswordHasher hasher, GuessGuard guard, bool isDryRun, DateTimeOffset now)
{
    public Outcome<RowOutcome> Change(UserRow user, ImportedUser wanted, NewPassword? password)
    {
        if (RolesDiffer(user, wanted).Failed(out var problem, out var newRole) || GroupsDiffer(user, wanted).Failed(out problem, out var newGroups))
        {
            return problem;
        }

        var profile = Profile(user, wanted);
        var newState = wanted.Disabled is { } disabled && disabled != user.DisabledAt is not null;
        var isOther = profile != user || newRole || newGroups || newState;
        // Judged also where a password turns out to be the same: else this would say whose password somebody has guessed.
        if ((isOther || wanted.Password is not null || wanted.Hash is not null)
            && AuthorityRules.MayChange(transaction, caller, user.Id) is { } refusal)
        {
            return refusal;
        }

        problem = SetProfile(user, profile)
            ?? (newRole ? UserRules.SetRole(transaction, caller, user.Id, wanted.Role!) : null)
            ?? (newGroups ? UserRules.SetGroups(transaction, caller, user.Id, wanted.Groups!) : null)
            ?? (newState ? SetState(user, wanted.Disabled!.Value) : null)
            ?? (newRole || newGroups ? AuthorityRules.AdminRemains(transaction, user.Username) : null);
        if (problem is not null)
        {
            return problem;
        }

        return new RowOutcome(SetPassword(user, wanted, password) || isOther ? UserImportResult.Updated : UserImportResult.Existing, user.Id);
    }

    private static UserRow Profile(UserRow user, ImportedUser wanted) => user with
    {
        Fullname = wanted.Fullname?.Value ?? user.Fullname,
        Email = wanted.ClearsEmail ? null : wanted.Email?.Value ?? user.Email,
    };

    private Problem? SetProfile(UserRow user, UserRow profile)
    {
        if (profile == user)
        {
            return null;
        }

        if (profile.Email is { } email && email != user.Email
            && UserRules.IsFree(transaction, EmailAddress.Parse(email).Value, user.Id) is { } taken)
        {
            return taken;
        }

        UserQueries.SetProfile(transaction, profile);
        return null;
    }

    private Outcome<bool> RolesDiffer(UserRow user, ImportedUser wanted)
    {
        if (wanted.Role is not { } reference)
        {
            return false;
        }

        string[] roles = [];
        if (reference.Length > 0)
        {
            if (grants.Role(reference).Failed(out var problem, out var role))
            {
                return problem;
            }

            roles = [role.Key];
        }

        return !ActorQueries.OwnRoles(transaction, user.Id).SequenceEqual(roles);
    }

    private Outcome<bool> GroupsDiffer(UserRow user, ImportedUser wanted)
    {
        if (wanted.Groups is null)
        {
            return false;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in wanted.Groups)
        {
            if (grants.Group(reference).Failed(out var problem, out var group))
            {
                return problem;
            }

            keys.Add(group.Key);
        }

        return !keys.SetEquals(AuthorityQueries.Groups(transaction, user.Id));
    }

    private Problem? SetState(UserRow user, bool disabled)
    {
        var actor = ActorQueries.Find(transaction, user.Id)!;
        return disabled ? ActorRules.Disable(transaction, actor, caller, now) : ActorRules.Enable(transaction, actor, caller);
    }

    // The last step: the guard forgets failures at once, which no undo brings back.
    private bool SetPassword(UserRow user, ImportedUser wanted, NewPassword? password)
    {
        var imported = wanted.Hash?.ToStored();
        if ((wanted.Password is null && imported is null) || imported == (user.PasswordHash ?? "") || password is { IsKnown: true })
        {
            return false;
        }

        if (isDryRun)
        {
            return true;
        }

        if (imported is not null)
        {
            UserQueries.SetImportedHash(transaction, user.Id, imported, hasher.IsWeak(wanted.Hash!) ? now : null);
        }
        else
        {
            UserQueries.SetPassword(transaction, user.Id, password!.Hash, now);
        }

        // Failures to guess the old one say nothing about the new one.
        guard.Clear(transaction, user.Id);
        SessionQueries.EndAll(transaction, user.Id, now, spared: user.Id == caller.ActorId ? caller.Credential.Id : null);
        return true;
    }
}
