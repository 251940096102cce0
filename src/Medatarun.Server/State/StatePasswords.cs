using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;

namespace Medatarun.Server.State;

/// <summary>The passwords of users that are made: they come beside the document, and are hashed before the transaction.</summary>
internal sealed class StatePasswords(PasswordPolicy policy, PasswordHasher hasher, HashQueue queue)
{
    // Two sets of lanes for each thread: while one is computed, the next is there.
    private const int SetsPerThread = 2;

    /// <summary>Finds what is wrong with the passwords of those who will be made.</summary>
    public void Check(StateDocument wanted, PlannedState plan, IReadOnlyDictionary<string, Secret>? passwords)
    {
        var places = (wanted.Users ?? []).Select((user, index) => (user?.Username, index))
            .Where(pair => pair.Username is not null)
            .DistinctBy(pair => pair.Username)
            .ToDictionary(pair => pair.Username!, pair => $"users[{pair.index}].password", StringComparer.Ordinal);
        foreach (var user in Made(plan))
        {
            if (Given(passwords, user) is { } password)
            {
                plan.Faults.Add(places[user.Username!], policy.Check(password, user.Username!, "password"));
            }
            else if (user.Password is not null)
            {
                plan.Faults.Add(places[user.Username!], $"The password of '{user.Username}' was not sent: 'passwords' has it beside the document.");
            }
        }

        foreach (var name in (passwords ?? new Dictionary<string, Secret>()).Keys.Where(name => !places.ContainsKey(name)))
        {
            plan.Faults.Add($"passwords.{name}", "The state has no user of this name.");
        }
    }

    /// <summary>The hashes of those who will be made, by username; or the refusal of a server that has too much to hash.</summary>
    public async Task<Outcome<IReadOnlyDictionary<string, string>>> HashAsync(
        PlannedState plan, IReadOnlyDictionary<string, Secret>? passwords, CancellationToken cancellationToken)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        var users = Made(plan).Where(user => Given(passwords, user) is not null).Select(user => user.Username!);
        foreach (var names in users.Chunk(SetsPerThread * LaneKernel.Lanes * Math.Max(1, queue.Threads)))
        {
            var computed = await Task.WhenAll(names.Select(name => hasher.HashAsync(passwords![name], cancellationToken)));
            foreach (var (name, outcome) in names.Zip(computed))
            {
                if (outcome.Failed(out var busy, out var hash))
                {
                    return busy;
                }

                hashes.Add(name, hash);
            }
        }

        return hashes;
    }

    private static IEnumerable<StateUser> Made(PlannedState plan) =>
        plan.Steps.Where(step => step.Difference.Action == StateDifference.Create).Select(step => step.Wanted).OfType<StateUser>();

    private static Secret? Given(IReadOnlyDictionary<string, Secret>? passwords, StateUser user) =>
        passwords is not null && passwords.TryGetValue(user.Username!, out var password) && password is { IsEmpty: false } ? password : null;
}
