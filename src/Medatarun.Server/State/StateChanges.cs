using Medatarun.Contracts.Operations;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>Makes what is what should be, inside one transaction. Whoever undoes that undoes all of it.</summary>
internal static class StateChanges
{
    /// <summary>Takes the steps in their order; the refusal, or null.</summary>
    /// <param name="work">What they share.</param>
    /// <param name="steps">What differs, found in the same transaction.</param>
    /// <param name="changed">Told of each thing that was changed.</param>
    public static Problem? Apply(StateWork work, IReadOnlyList<StateStep> steps, Action<StateDifference> changed)
    {
        var hadAdmin = AuthorityQueries.HasActiveAdmin(work.Transaction);
        ReleaseEmails(work, steps);
        foreach (var step in steps)
        {
            if (Take(work, step) is { } problem)
            {
                return Named(step.Difference, problem);
            }

            if (step.Difference.Kind == StateKinds.Permission)
            {
                // Whoever holds 'admin' holds what was just registered, and may give it.
                work = work with { Caller = work.Caller with { Permissions = PermissionGraph.Closure(work.Transaction, [PermissionKeys.Admin]) } };
            }

            changed(step.Difference);
        }

        // A server that has nobody yet has nobody to lose.
        return hadAdmin ? AuthorityRules.AdminRemains(work.Transaction) : null;
    }

    private static Problem? Take(StateWork work, StateStep step) => step.Difference.Kind switch
    {
        StateKinds.Permission => PermissionChanges.Take(work, step),
        StateKinds.Role => RoleChanges.Take(work, step),
        StateKinds.Group => GroupChanges.Take(work, step),
        StateKinds.User => UserChanges.Take(work, step),
        StateKinds.ServiceAccount => ServiceAccountChanges.Take(work, step),
        StateKinds.Issuer => IssuerChanges.Take(work, step),
        StateKinds.IssuerRule => IssuerRuleChanges.Take(work, step),
        StateKinds.Settings => SettingsChanges.Take(work, step),
        var kind => throw new InvalidOperationException($"Nothing changes a {kind}."),
    };

    // Two who exchange their addresses, or one whose address goes to somebody new, would be in each other's way.
    private static void ReleaseEmails(StateWork work, IReadOnlyList<StateStep> steps)
    {
        foreach (var step in steps.Where(step => step.Difference.Kind == StateKinds.User
            && (step.Difference.Action == StateDifference.Delete || step.Changes("email"))
            && step.Difference.Action != StateDifference.Create))
        {
            UserQueries.SetProfile(work.Transaction, UserQueries.FindByName(work.Transaction, step.Difference.Name)! with { Email = null });
        }
    }

    private static Problem Named(StateDifference difference, Problem problem)
    {
        var name = $"{difference.Kind}:{difference.Name}";
        return problem with
        {
            ExactDetail = $"{name}: {problem.Detail}",
            Errors = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [name] = [problem.Detail] },
        };
    }
}
