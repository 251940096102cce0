using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.Server.External;

namespace Medatarun.Server.State;

/// <summary>How each kind of thing is put into the form in which it is compared.</summary>
internal static class StateThings
{
    public static StateThing Of(StateSettings settings) =>
        new(StateKinds.Settings, settings, [("automatic_role", settings.AutomaticRole)]);

    public static StateThing Of(StatePermissionEntry permission) => new(
        permission.Key!,
        permission,
        [("description", permission.Description), ("category", string.IsNullOrWhiteSpace(permission.Category) ? null : permission.Category), ("implies", List(permission.Implies))]);

    public static StateThing Of(StateRole role) => new(
        role.Key!, role, [("name", role.Name), ("description", role.Description), ("permissions", List(role.Permissions))]);

    public static StateThing Of(StateGroup group) => new(
        group.Key!, group, [("description", group.Description), ("roles", List(group.Roles))]);

    public static StateThing Of(StateUser user) => new(
        user.Username!,
        user,
        [
            ("fullname", user.Fullname), ("email", user.Email), ("disabled", Truth(user.Disabled)), ("roles", List(user.Roles)),
            ("groups", List(user.Groups)),
        ]);

    public static StateThing Of(StateServiceAccount account) => new(
        account.Name!,
        account,
        [
            ("fullname", account.Fullname), ("disabled", Truth(account.Disabled)), ("roles", List(account.Roles)),
            ("groups", List(account.Groups)),
        ]);

    public static StateThing Of(StateIssuer issuer) => new(
        issuer.Name!,
        issuer,
        [
            ("issuer", issuer.Issuer), ("jwks", issuer.Jwks), ("authority", issuer.Authority), ("algorithms", List(issuer.Algorithms is null ? null : IssuerTerms.Algorithms(issuer.Algorithms))),
            ("audiences", List(issuer.Audiences)), ("rule_required", Truth(issuer.RuleRequired)), ("disabled", Truth(issuer.Disabled)),
        ]);

    public static StateThing Of(StateIssuerRule rule) => new(
        $"{rule.IssuerName}/{rule.Name}",
        rule,
        [
            ("description", rule.Description),
            ("conditions", rule.Conditions is null ? null : JsonSerializer.Serialize(rule.Conditions, MedatarunJson.Context.IReadOnlyListClaimCondition)),
            ("roles", List(rule.Roles)),
        ]);

    /// <summary>Keys, each once and in one order, so that lists of the same content are the same.</summary>
    public static IReadOnlyList<string> Keys(IEnumerable<string>? keys) =>
        [.. (keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // No key and no audience has white space in it.
    private static string? List(IReadOnlyList<string>? keys) => keys is null ? null : string.Join(", ", Keys(keys));

    private static string? Truth(bool? value) => value switch { null => null, true => "true", false => "false" };
}
