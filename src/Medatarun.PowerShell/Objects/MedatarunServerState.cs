namespace Medatarun.PowerShell.Objects;

/// <summary>Whether a server runs.</summary>
internal enum MedatarunServerState
{
    /// <summary>It runs and listens.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Stopped,
}
