using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.External;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>Makes, changes and deletes trusted issuers.</summary>
internal static class IssuerChanges
{
    public static Problem? Take(StateWork work, StateStep step)
    {
        var found = TrustedIssuerQueries.FindByName(work.Transaction, step.Difference.Name);
        if (step.Wanted is not StateIssuer wanted)
        {
            TrustedIssuerQueries.Delete(work.Transaction, found!);
            return null;
        }

        var problem = found is null ? Taken(work, wanted.Issuer!) : null;
        problem ??= IssuerAuthority.MayVouch(work.Transaction, work.Caller, found?.Issuer ?? wanted.Issuer!);
        if (problem is not null)
        {
            return problem;
        }

        if (found is null)
        {
            TrustedIssuerQueries.Insert(work.Transaction, New(work, wanted));
        }
        else
        {
            TrustedIssuerQueries.Update(work.Transaction, Changed(work, found, wanted));
        }

        return null;
    }

    // Those of the configuration are in no document.
    private static Problem? Taken(StateWork work, string issuer) =>
        issuer == work.Issuer ? IssuerTerms.Refuse("issuer", "This server's own tokens are accepted already.")
        : TrustedIssuerQueries.FindByIssuer(work.Transaction, issuer) is { } other
            ? new Problem(IssuerProblems.IssuerAlreadyExists, $"Tokens of '{issuer}' are accepted already, as those of '{other.Name}'.")
        : null;

    private static TrustedIssuer New(StateWork work, StateIssuer wanted) => new()
    {
        Id = Guid.CreateVersion7(work.Now),
        Name = wanted.Name!,
        Issuer = wanted.Issuer!,
        Jwks = wanted.Jwks,
        Authority = wanted.Authority,
        Algorithms = wanted.Algorithms!,
        Audiences = wanted.Audiences!,
        RuleRequired = wanted.RuleRequired == true,
        DisabledAt = wanted.Disabled == true ? work.Now : null,
        CreatedAt = work.Now,
        Version = Guid.CreateVersion7(work.Now),
    };

    private static TrustedIssuer Changed(StateWork work, TrustedIssuer found, StateIssuer wanted)
    {
        var moved = wanted.Jwks is not null || wanted.Authority is not null;
        return found with
        {
            Jwks = moved ? wanted.Jwks : found.Jwks,
            Authority = moved ? wanted.Authority : found.Authority,
            Algorithms = wanted.Algorithms is { } algorithms ? IssuerTerms.Algorithms(algorithms) : found.Algorithms,
            Audiences = wanted.Audiences is { } audiences ? IssuerTerms.Audiences(audiences) : found.Audiences,
            RuleRequired = wanted.RuleRequired ?? found.RuleRequired,
            DisabledAt = wanted.Disabled switch { null => found.DisabledAt, false => null, true => found.DisabledAt ?? work.Now },
            Version = Guid.CreateVersion7(work.Now),
        };
    }
}
