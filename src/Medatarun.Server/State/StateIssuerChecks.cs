using Medatarun.Contracts.Problems;
using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Operations;

namespace Medatarun.Server.State;

/// <summary>The part of the checks that is about trusted issuers and their rules.</summary>
internal sealed class StateIssuerChecks(StateSnapshot current, StateDocument wanted, StateKeys keys, StateFaults faults)
{
    public void Find()
    {
        Issuers();
        Rules();
    }

    private void Issuers()
    {
        var held = current.Document.Issuers!.ToDictionary(issuer => issuer.Name!, StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (issuer, place) in StatePlaces.Of("issuers", wanted.Issuers, faults))
        {
            if (HasHole($"{place}.algorithms", issuer.Algorithms) | HasHole($"{place}.audiences", issuer.Audiences))
            {
                continue;
            }

            AtMember(place, IssuerTerms.Check(issuer.Jwks, issuer.Authority, issuer.Algorithms, issuer.Audiences));
            if (!IsKey($"{place}.name", issuer.Name, issuer.Name, named))
            {
                continue;
            }

            if (current.ManagedIssuers.Contains(issuer.Name!))
            {
                faults.Add($"{place}.name", new Problem(ProblemCatalogue.Managed, $"'{issuer.Name}' stands in the server's configuration, and in no state."));
            }
            else if (!held.TryGetValue(issuer.Name!, out var found))
            {
                New(place, issuer);
            }
            else if (issuer.Issuer is { } changed && changed != found.Issuer)
            {
                AtMember(place, IssuerTerms.Refuse("issuer", "The 'iss' of an issuer never changes, because its actors are known by it."));
            }
        }
    }

    private void New(string place, StateIssuer issuer)
    {
        if (issuer.Jwks is null && issuer.Authority is null)
        {
            AtMember(place, IssuerTerms.Refuse("jwks", $"'jwks' or 'authority' is needed to make '{issuer.Name}'."));
        }
        else if ((issuer.Issuer ?? issuer.Authority) is not { } name)
        {
            AtMember(place, IssuerTerms.Refuse("issuer", "It is needed with 'jwks'."));
        }
        else if (!TrustedIssuerRules.IsIssuer(name))
        {
            AtMember(place, IssuerTerms.Refuse("issuer", $"It must have {TrustedIssuerRules.IssuerRequirement}."));
        }
        else if (current.Document.Issuers!.Any(other => other.Issuer == name)
            || wanted.Issuers!.Any(other => other is not null && !ReferenceEquals(other, issuer) && (other.Issuer ?? other.Authority) == name))
        {
            faults.Add($"{place}.issuer", new Problem(IssuerProblems.IssuerAlreadyExists, $"Tokens of '{name}' are accepted as those of another issuer."));
        }
    }

    private void Rules()
    {
        var held = current.Document.IssuerRules!.ToDictionary(rule => $"{rule.IssuerName}/{rule.Name}", StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (rule, place) in StatePlaces.Of("issuer_rules", wanted.IssuerRules, faults))
        {
            var found = held.GetValueOrDefault($"{rule.IssuerName}/{rule.Name}");
            // The last role of a rule may have been deleted since.
            var isEmptyAlready = rule.Roles is { Count: 0 } && found?.Roles is { Count: 0 };
            AtMember(place, RuleTerms.Check(rule.Description, rule.Conditions, isEmptyAlready ? null : rule.Roles));
            StatePlaces.References($"{place}.roles", rule.Roles, keys.HasRole, ProblemCatalogue.RoleNotFound, "role", faults);
            if (rule.IssuerName is not { } issuer || !keys.HasIssuer(issuer))
            {
                faults.Add(
                    $"{place}.issuer_name",
                    new Problem(IssuerProblems.IssuerNotFound, $"There is no trusted issuer '{rule.IssuerName}', and the state makes none."));
            }

            if (IsKey($"{place}.name", rule.Name, $"{rule.IssuerName}/{rule.Name}", named) && found is null)
            {
                Needed($"{place}.conditions", rule.Conditions is null);
                Needed($"{place}.roles", rule.Roles is null);
            }
        }
    }

    private void Needed(string place, bool isMissing)
    {
        if (isMissing)
        {
            faults.Add(place, "It is needed to make the rule.");
        }
    }

    private bool IsKey(string place, string? key, string? unique, HashSet<string> named)
    {
        if (AccessKey.Parse(key ?? "").Failed(out var problem, out _))
        {
            faults.Add(place, string.IsNullOrEmpty(key) ? new Problem(ImportProblems.BadState, "It is needed.") : problem);
            return false;
        }

        if (!named.Add(unique!))
        {
            faults.Add(place, $"'{unique}' stands there twice.");
            return false;
        }

        return true;
    }

    private bool HasHole(string place, IReadOnlyList<string?>? list)
    {
        var hole = list?.ToList().IndexOf(null) ?? -1;
        if (hole >= 0)
        {
            faults.Add($"{place}[{hole}]", "It is empty.");
        }

        return hole >= 0;
    }

    // The problem of a request names the member; here it is a place.
    private void AtMember(string place, Problem? problem) => faults.Add($"{place}.{problem?.Errors?.Keys.First()}", problem);
}
