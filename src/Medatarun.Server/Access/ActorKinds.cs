namespace Medatarun.Server.Access;

/// <summary>What kinds of actors there are.</summary>
internal static class ActorKinds
{
    /// <summary>A person with an account here.</summary>
    public const string User = "user";

    /// <summary>A runbook or pipeline: no password.</summary>
    public const string Service = "service";

    /// <summary>The server itself.</summary>
    public const string System = "system";
}
