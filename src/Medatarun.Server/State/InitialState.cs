using Medatarun.Contracts.Operations;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>
/// The state that a server starts with that has nobody yet: applied by the server itself, before it listens. One that has somebody keeps
/// what it has, because a restart must not undo what was done since.
/// </summary>
internal sealed class InitialState(MedatarunServerOptions options, StateApplyHandler handler, StatePasswords passwords, TimeProvider time)
{
    /// <summary>Applies it; null when there is none, or when the server has somebody.</summary>
    /// <exception cref="MedatarunStartException">It cannot be applied; nothing of it was.</exception>
    public async Task<StateCompareResponse?> ApplyAsync(Store store, CancellationToken cancellationToken)
    {
        if (options.InitialState is not { } load || !store.Read(HasNobody))
        {
            return null;
        }

        var request = load();
        var plan = store.Read(transaction => StatePlanner.Plan(transaction, request.Document!, prune: false));
        passwords.Check(request.Document!, plan, request.Passwords);
        Refuse(plan.Faults.ToProblem());
        if ((await passwords.HashAsync(plan, request.Passwords, cancellationToken)).Failed(out var busy, out var hashes))
        {
            Refuse(busy);
        }

        var outcome = await store.WriteAsync(transaction => Run(transaction, request, hashes!));
        Refuse(outcome.Problem);
        return outcome.Value;
    }

    private static bool HasNobody(StoreTransaction transaction) =>
        !BootstrapSecretHolder.IsConsumed(transaction)
        && transaction.Number("SELECT COUNT(*) FROM actors WHERE kind <> @system", ("@system", ActorKinds.System)) == 0;

    private Outcome<StateCompareResponse> Run(StoreTransaction transaction, StateApplyRequest request, IReadOnlyDictionary<string, string> hashes)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        using var call = new CallContext(new StartOrigin(), now) { Caller = Server(transaction) };
        transaction.Run("SAVEPOINT initial_state");
        var outcome = handler.Run(transaction, request, call.Caller, call, hashes);
        if (outcome.Problem is not null)
        {
            transaction.Run("ROLLBACK TO initial_state");
        }
        else if (AuthorityQueries.HasActiveAdmin(transaction))
        {
            // There is an administrator: nobody can become one by a secret any more.
            BootstrapSecretHolder.Consume(transaction, now);
        }

        transaction.Run("RELEASE initial_state");
        return outcome;
    }

    private static Caller Server(StoreTransaction transaction)
    {
        var actor = ActorQueries.ListOfKind(transaction, ActorKinds.System).Single();
        return new Caller
        {
            ActorId = actor.Id,
            Credential = default,
            Issuer = actor.Issuer,
            Subject = actor.Subject,
            Fullname = actor.Fullname,
            Roles = [],
            Groups = [],
            Permissions = PermissionGraph.Closure(transaction, [PermissionKeys.Admin]),
        };
    }

    private static void Refuse(Problem? problem)
    {
        if (problem is null)
        {
            return;
        }

        var faults = (problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>())
            .SelectMany(pair => pair.Value.Select(reason => $"\n  {pair.Key}: {reason}"));
        throw new MedatarunStartException($"The initial state cannot be applied, and nothing of it was.{string.Concat(faults)}") { IsInitialState = true };
    }
}
