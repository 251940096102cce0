namespace Medatarun.Server.Access;

/// <summary>Keys of the roles that the product itself knows.</summary>
internal static class RoleKeys
{
    /// <summary>Holds the permission that implies every other.</summary>
    public const string Admin = "admin";
}
