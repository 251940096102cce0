using Medatarun.Contracts.State;
using Medatarun.Server.External;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes the rules of issuers.</summary>
internal static class IssuerRuleChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var (issuerName, name) = (step.Difference.Name.Split('/')[0], step.Difference.Name.Split('/')[1]);
        if (TrustedIssuerQueries.Require(work.Transaction, issuerName, "issuer_name").Failed(out var problem, out var issuer))
        {
            return problem;
        }

        var found = IssuerRuleQueries.Find(work.Transaction, issuer.Id, name);
        if (step.Wanted is not StateIssuerRule wanted)
        {
            IssuerRuleQueries.Delete(work.Transaction, found!);
            return null;
        }

        // Whoever says to whom roles are given must hold what they hold, also where the roles stay.
        var keys = wanted.Roles ?? [.. IssuerRuleQueries.Roles(work.Transaction, found!).Select(role => role.Key)];
        if (IssuerAuthority.Roles(work.Transaction, work.Caller, keys).Failed(out problem, out var roles))
        {
            return problem;
        }

        if (found is null)
        {
            IssuerRuleQueries.Insert(work.Transaction, New(work, issuer, wanted), roles);
        }
        else
        {
            IssuerRuleQueries.Update(
                work.Transaction, found with { Description = wanted.Description ?? found.Description, Conditions = wanted.Conditions ?? found.Conditions });
            IssuerRuleQueries.SetRoles(work.Transaction, found, roles);
        }

        return null;
    }

    private static IssuerRule New(StateWork work, TrustedIssuer issuer, StateIssuerRule wanted) => new()
    {
        Id = Guid.CreateVersion7(work.Now),
        IssuerId = issuer.Id,
        IssuerName = issuer.Name,
        Name = wanted.Name!,
        Description = wanted.Description!,
        Conditions = wanted.Conditions!,
        CreatedAt = work.Now,
    };
}
