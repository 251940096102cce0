using Medatarun.Contracts.State;

namespace Medatarun.Client.State;

/// <summary>Desired state over a connection: what the command line and the cmdlets share.</summary>
public static class StateConnectionExtensions
{
    /// <summary>Compares a state with what the server holds.</summary>
    /// <param name="connection">The connection, of somebody who holds <c>admin</c>.</param>
    /// <param name="document">What should be.</param>
    /// <param name="prune">Whether what its sections do not name should be gone.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What differs, as a plan that can be kept and applied later.</returns>
    /// <exception cref="MedatarunException"><c>bad_state</c> and what else the server refuses a document for.</exception>
    public static async Task<StatePlan> PlanStateAsync(
        this MedatarunConnection connection,
        StateDocument document,
        bool prune = false,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var request = new StateCompareRequest { Document = document, Prune = prune };
        var answer = await connection.InvokeAsync(StateOperations.Compare, request, observe, cancellationToken).ConfigureAwait(false);
        return new StatePlan
        {
            Document = document,
            Prune = prune,
            Differences = answer.Differences,
            Fingerprint = answer.Fingerprint,
            MadeAt = connection.Options.TimeProvider.GetUtcNow(),
            Server = connection.BaseUrl.AbsoluteUri.TrimEnd('/'),
        };
    }

    /// <summary>Applies a plan: exactly what it says, or nothing. The secrets of users that it makes are read before anything is sent.</summary>
    /// <param name="connection">The connection, of somebody who holds <c>admin</c>.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="folder">The folder of the plan, to which references to files are relative.</param>
    /// <param name="onlyIfUnchanged">
    /// Whether the server must hold what it held when the plan was made. Default: true. Whoever has made the plan just now, and shown it to
    /// nobody, says false.
    /// </param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up. What was sent may be done all the same.</param>
    /// <returns>What was changed.</returns>
    /// <exception cref="MedatarunException">
    /// <c>secret_not_found</c>; <c>state_changed</c> when the server holds something else by now; and every refusal of a change.
    /// </exception>
    public static Task<StateCompareResponse> ApplyStateAsync(
        this MedatarunConnection connection,
        StatePlan plan,
        string folder,
        bool onlyIfUnchanged = true,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(plan);
        // A password is used when its user is made, and never again: nobody has to keep it.
        var made = plan.Differences
            .Where(difference => difference is { Kind: "user", Action: StateDifference.Create })
            .Select(difference => difference.Name);
        var request = new StateApplyRequest
        {
            Document = plan.Document,
            Prune = plan.Prune,
            Expected = onlyIfUnchanged ? plan.Fingerprint : null,
            Passwords = SecretReferences.Resolve(plan.Document, folder, made),
        };
        return connection.InvokeAsync(StateOperations.Apply, request, observe, cancellationToken);
    }
}
