namespace Medatarun.Server.State;

/// <summary>What kinds of things a state is made of, as differences name them.</summary>
internal static class StateKinds
{
    public const string Settings = "settings";
    public const string Permission = "permission";
    public const string Role = "role";
    public const string Group = "group";
    public const string User = "user";
    public const string ServiceAccount = "service_account";
    public const string Issuer = "issuer";
    public const string IssuerRule = "issuer_rule";
}
