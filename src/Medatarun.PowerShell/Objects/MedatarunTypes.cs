namespace Medatarun.PowerShell.Objects;

/// <summary>The two types of whoever acts, as the server writes them.</summary>
internal static class MedatarunTypes
{
    /// <summary>Whoever holds the permission <c>admin</c>.</summary>
    public const string Operator = "Operator";

    /// <summary>Everyone else.</summary>
    public const string User = "User";
}
