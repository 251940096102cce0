namespace Medatarun.Server.Tokens;

/// <summary>Names of claims, and what is fixed about our tokens.</summary>
internal static class TokenClaims
{
    /// <summary>RFC 9068: the type of an access token in JWT form.</summary>
    public const string Type = "at+jwt";

    public const string Subject = "sub";
    public const string SessionId = "sid";
    public const string TokenId = "jti";
    public const string PreferredUsername = "preferred_username";
    public const string Name = "name";
    public const string Email = "email";
    public const string Role = "role";
    public const string Groups = "groups";
}
