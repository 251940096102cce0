namespace Medatarun.Server;

/// <summary>Whether people can make their own accounts.</summary>
public enum RegistrationMode
{
    /// <summary>Nobody can: an administrator makes the accounts.</summary>
    Closed,

    /// <summary>Everybody who reaches the server can; while there is no administrator, the first to do so becomes one.</summary>
    Open,
}
