using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>The guards of authority that are about issuers and rules; see docs/decisions/0007-authority.md.</summary>
internal static class IssuerAuthority
{
    /// <summary>
    /// The refusal of saying who vouches for actors, or for whom rules give roles, that hold more than the caller; or null. Whoever
    /// names an issuer's keys can be any of its actors.
    /// </summary>
    public static Problem? MayVouch(StoreTransaction transaction, Caller caller, string issuer) =>
        AuthorityRules.MayGrant(transaction, caller, transaction.Query(
            """
            SELECT p.permission_key FROM actors a
            JOIN actor_effective_roles x ON x.actor_id = a.id
            JOIN role_permissions p ON p.role_id = x.role_id
            WHERE a.issuer = @issuer
            UNION
            SELECT p.permission_key FROM trusted_issuers i
            JOIN issuer_rules r ON r.issuer_id = i.id
            JOIN issuer_rule_roles x ON x.rule_id = r.id
            JOIN role_permissions p ON p.role_id = x.role_id
            WHERE i.issuer = @issuer
            """,
            row => row.GetString(0),
            ("@issuer", issuer)));

    /// <summary>The roles that a rule shall give; or the refusal of giving them.</summary>
    public static Outcome<IReadOnlyList<RoleRow>> Roles(StoreTransaction transaction, Caller caller, IReadOnlyList<string> references)
    {
        var roles = new List<RoleRow>();
        foreach (var reference in references)
        {
            if (RoleQueries.Require(transaction, reference, "roles").Failed(out var problem, out var role)
                || (problem = MayGive(transaction, caller, role)) is not null)
            {
                return problem;
            }

            roles.Add(role);
        }

        return Outcome<IReadOnlyList<RoleRow>>.Of(roles);
    }

    private static Problem? MayGive(StoreTransaction transaction, Caller caller, RoleRow role) =>
        AuthorityQueries.PermissionsOfRole(transaction, role.Id).Contains(PermissionKeys.Admin)
            ? new Problem(ProblemCatalogue.Managed, "A role that holds 'admin' is never given by a rule.")
            : AuthorityRules.MayGrantRole(transaction, caller, role.Id);
}
