namespace Medatarun.Server.Access;

/// <summary>What kinds of actors there are.</summary>
internal static class ActorKinds
{
    /// <summary>A person with an account here.</summary>
    public const string User = "user";

    /// <summary>A runbook or pipeline: no password.</summary>
    public const string Service = "service";

    /// <summary>Somebody whom another issuer vouches for; see docs/decisions/0011-external-identities.md.</summary>
    public const string External = "external";

    /// <summary>The server itself.</summary>
    public const string System = "system";
}
