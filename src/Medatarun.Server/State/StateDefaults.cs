using Medatarun.Contracts.State;
using Medatarun.Server.Access;
using Medatarun.Server.External;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>What things have that are made, where the document says nothing; see docs/decisions/0013-desired-state.md.</summary>
internal static class StateDefaults
{
    public static StatePermissionEntry Of(StatePermissionEntry permission) => permission with
    {
        Description = permission.Description ?? "",
        Category = string.IsNullOrWhiteSpace(permission.Category) ? PermissionRegisterHandler.DefaultCategory : permission.Category,
        Implies = StateThings.Keys(permission.Implies),
    };

    public static StateRole Of(StateRole role) => role with
    {
        Name = string.IsNullOrWhiteSpace(role.Name) ? role.Key : role.Name,
        Description = role.Description ?? "",
        Permissions = StateThings.Keys(role.Permissions),
    };

    public static StateGroup Of(StateGroup group) => group with
    {
        Description = group.Description ?? "",
        Roles = StateThings.Keys(group.Roles),
    };

    /// <param name="user">The user.</param>
    /// <param name="automaticRole">The role that comes by itself once the state is applied; empty for none.</param>
    public static StateUser Of(StateUser user, string automaticRole) => user with
    {
        Email = user.Email ?? "",
        Disabled = user.Disabled ?? false,
        Roles = user.Roles is null ? automaticRole.Length > 0 ? [automaticRole] : [] : StateThings.Keys(user.Roles),
        Groups = StateThings.Keys(user.Groups),
    };

    public static StateIssuer Of(StateIssuer issuer) => issuer with
    {
        Issuer = issuer.Issuer ?? issuer.Authority,
        Algorithms = IssuerTerms.Algorithms(issuer.Algorithms),
        Audiences = IssuerTerms.Audiences(issuer.Audiences),
        RuleRequired = issuer.RuleRequired ?? false,
        Disabled = issuer.Disabled ?? false,
    };

    public static StateIssuerRule Of(StateIssuerRule rule) => rule with
    {
        Description = rule.Description ?? "",
        Roles = StateThings.Keys(rule.Roles),
    };

    public static StateServiceAccount Of(StateServiceAccount account) => account with
    {
        Fullname = string.IsNullOrEmpty(account.Fullname) ? FullName.Of(Username.Parse(account.Name!).Value).Value : account.Fullname,
        Disabled = account.Disabled ?? false,
        Roles = StateThings.Keys(account.Roles),
        Groups = StateThings.Keys(account.Groups),
    };
}
