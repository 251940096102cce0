using System.Text.Json;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>What the rules of an issuer give to one token, judged anew each time (docs/decisions/0011-external-identities.md).</summary>
internal sealed record FittingRules
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Of whoever does not come by another issuer.</summary>
    public static FittingRules None { get; } = new() { Names = [], Roles = [], Permissions = [] };

    /// <summary>The names of those that fit.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>The keys of the roles that they give.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The permissions that were put into these roles.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>Whether they let in whom the issuer only lets in by a rule.</summary>
    public bool LetIn(TrustedIssuer issuer) => !issuer.RuleRequired || Roles.Count > 0;

    /// <summary>Every role of an actor, with those of the rules; <c>admin</c> first.</summary>
    public IReadOnlyList<string> RolesOf(StoreTransaction transaction, Guid actor)
    {
        var own = AuthorityQueries.Roles(transaction, actor);
        return Roles.Count == 0
            ? own
            : [.. own.Union(Roles, StringComparer.Ordinal).OrderBy(role => role != RoleKeys.Admin).ThenBy(role => role, StringComparer.Ordinal)];
    }

    /// <summary>Every permission of an actor, with those of the rules and all that come with them.</summary>
    public IReadOnlyList<string> PermissionsOf(StoreTransaction transaction, Guid actor)
    {
        var own = AuthorityQueries.Permissions(transaction, actor);
        return Permissions.Count == 0 ? own : PermissionGraph.Closure(transaction, own.Concat(Permissions));
    }

    /// <summary>Judges the rules of an issuer by the payload of a token.</summary>
    public static FittingRules Of(StoreTransaction transaction, TrustedIssuer issuer, ReadOnlyMemory<byte> claims)
    {
        using var document = JsonDocument.Parse(claims, Strict);
        var fitting = IssuerRuleQueries.List(transaction, issuer.Id)
            .Where(rule => ClaimConditions.Hold(rule.Conditions, document.RootElement)).ToList();
        var roles = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var role in fitting.SelectMany(rule => IssuerRuleQueries.Roles(transaction, rule)))
        {
            // A role may have got 'admin' after the rule was made, and everything may not hang on a claim.
            if (!roles.ContainsKey(role.Key)
                && AuthorityQueries.PermissionsOfRole(transaction, role.Id) is var permissions && !permissions.Contains(PermissionKeys.Admin))
            {
                roles.Add(role.Key, permissions);
            }
        }

        return new FittingRules
        {
            Names = [.. fitting.Select(rule => rule.Name)],
            Roles = [.. roles.Keys.Order(StringComparer.Ordinal)],
            Permissions = [.. roles.Values.SelectMany(permissions => permissions).Distinct(StringComparer.Ordinal)],
        };
    }
}
