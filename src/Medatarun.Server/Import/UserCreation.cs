using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Groups;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Import;

/// <summary>Makes the user of a row, with the rules and the refusals of <c>user_create</c>.</summary>
internal sealed class UserCreation(
    StoreTransaction transaction, GrantCache grants, PasswordHasher hasher, string issuer, DateTimeOffset now)
{
    public Outcome<RowOutcome> Create(ImportedUser user, NewPassword? password)
    {
        if (user.Fullname is not { } fullname)
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "fullname", "'fullname' is required for a new user.");
        }

        // Everything is judged before anything is written.
        if (UserRules.IsFree(transaction, user.Email) is { } taken)
        {
            return taken;
        }

        if (Role(user.Role).Failed(out var problem, out var role) || Groups(user.Groups).Failed(out problem, out var groups))
        {
            return problem;
        }

        var row = ToRow(user, fullname, password);
        UserQueries.Insert(transaction, row, issuer);
        role.ForEach(one => ActorQueries.AddRole(transaction, row.Id, one.Id));
        groups.ForEach(group => GroupQueries.AddMember(transaction, group, row.Id));
        return new RowOutcome(UserImportResult.Created, row.Id);
    }

    private UserRow ToRow(ImportedUser user, FullName fullname, NewPassword? password) => new()
    {
        Id = Guid.CreateVersion7(now),
        Username = user.Username.Value,
        Fullname = fullname.Value,
        Email = user.Email?.Value,
        PasswordHash = user.Hash?.ToStored() ?? password?.Hash,
        HashImportedAt = user.Hash is { } hash && hasher.IsWeak(hash) ? now : null,
        DisabledAt = user.Disabled == true ? now : null,
        CreatedAt = now,
    };

    // What comes by itself is given by whoever set it up, not by this caller.
    private Outcome<List<RoleRow>> Role(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
        {
            return reference is null && grants.Automatic is { } automatic ? [automatic] : (List<RoleRow>)[];
        }

        return grants.Role(reference).Failed(out var problem, out var role) || (problem = grants.MayGrant(role)) is not null
            ? problem
            : (List<RoleRow>)[role];
    }

    private Outcome<List<GroupRow>> Groups(IReadOnlyList<string>? references)
    {
        var found = new List<GroupRow>();
        foreach (var reference in references ?? [])
        {
            if (grants.Group(reference).Failed(out var problem, out var group) || (problem = grants.MayGrant(group)) is not null)
            {
                return problem;
            }

            found.Add(group);
        }

        return found;
    }
}
