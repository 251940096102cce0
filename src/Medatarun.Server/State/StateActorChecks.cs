using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.Operations;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>The part of the checks that is about users and service accounts, whose names come from one set.</summary>
internal sealed class StateActorChecks(
    StateSnapshot current, StateDocument wanted, bool prune, StateKeys keys, Func<string, bool> isRetired, StateFaults faults)
{
    private readonly HashSet<string> named = new(StringComparer.Ordinal);
    private readonly HashSet<string> users = current.Document.Users!.Select(user => user.Username!).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> accounts = current.Document.ServiceAccounts!.Select(account => account.Name!).ToHashSet(StringComparer.Ordinal);

    public void Find()
    {
        foreach (var (user, place) in StatePlaces.Of("users", wanted.Users, faults))
        {
            Member($"{place}.roles", user.Roles, $"{place}.groups", user.Groups);
            FullNameAt($"{place}.fullname", user.Fullname);
            if (user.Password is { } password && string.IsNullOrEmpty(password.Env) == string.IsNullOrEmpty(password.File))
            {
                faults.Add($"{place}.password", "Either 'env' or 'file' says where it comes from.");
            }

            if (IsName($"{place}.username", user.Username, "username", users, accounts) && user.Fullname is null && !users.Contains(user.Username!))
            {
                faults.Add($"{place}.fullname", $"It is needed to make '{user.Username}'.");
            }
        }

        foreach (var (account, place) in StatePlaces.Of("service_accounts", wanted.ServiceAccounts, faults))
        {
            Member($"{place}.roles", account.Roles, $"{place}.groups", account.Groups);
            FullNameAt($"{place}.fullname", account.Fullname);
            IsName($"{place}.name", account.Name, "name", accounts, users);
        }

        Emails();
    }

    private void Member(string rolePlace, IReadOnlyList<string>? roles, string groupPlace, IReadOnlyList<string>? groups)
    {
        StatePlaces.References(rolePlace, roles, keys.HasRole, ProblemCatalogue.RoleNotFound, "role", faults);
        StatePlaces.References(groupPlace, groups, keys.HasGroup, ProblemCatalogue.GroupNotFound, "group", faults);
    }

    private void FullNameAt(string place, string? fullname) =>
        faults.Add(place, fullname is null ? null : FullName.Parse(fullname).Problem);

    private bool IsName(string place, string? name, string member, HashSet<string> same, HashSet<string> others)
    {
        if (string.IsNullOrEmpty(name))
        {
            faults.Add(place, "It is needed.");
            return false;
        }

        if (Username.Parse(name, member).Failed(out var problem, out _))
        {
            faults.Add(place, problem);
            return false;
        }

        if (!named.Add(name))
        {
            faults.Add(place, $"'{name}' stands there twice.");
            return false;
        }

        if (!same.Contains(name))
        {
            faults.Add(place, others.Contains(name) ? Taken($"'{name}' is {(member == "name" ? "a user" : "a service account")} already.")
                : isRetired(name) ? Taken($"'{name}' was deleted, and names are not given out again.")
                : null);
        }

        return true;
    }

    // Unique among all that there will be. An address is taken by those of whom the document says nothing first.
    private void Emails()
    {
        if (wanted.Users is not { } section)
        {
            return;
        }

        var said = section.Where(user => user is { Username: not null, Email: not null }).Select(user => user.Username!).ToHashSet(StringComparer.Ordinal);
        var kept = prune ? section.Select(user => user?.Username).OfType<string>().ToHashSet(StringComparer.Ordinal) : users;
        var taken = current.Document.Users!
            .Where(user => user.Email!.Length > 0 && !said.Contains(user.Username!) && kept.Contains(user.Username!))
            .Select(user => EmailAddress.KeyOf(user.Email!))
            .ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < section.Count; i++)
        {
            if (section[i]?.Email is not { Length: > 0 } text)
            {
                continue;
            }

            var place = $"users[{i}].email";
            if (EmailAddress.Parse(text).Failed(out var problem, out var address))
            {
                faults.Add(place, problem);
            }
            else if (!taken.Add(address.Key))
            {
                faults.Add(place, new Problem(ProblemCatalogue.EmailAlreadyUsed, "Another user has this e-mail address, or will have it."));
            }
        }
    }

    private static Problem Taken(string detail) => new(ProblemCatalogue.UserAlreadyExists, detail);
}
