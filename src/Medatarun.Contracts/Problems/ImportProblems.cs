namespace Medatarun.Contracts.Problems;

/// <summary>The refusals that are about imports and desired state.</summary>
public static class ImportProblems
{
    /// <summary>The hash of another system is not one that can be verified here.</summary>
    public static ProblemDefinition UnsupportedPasswordHash { get; } = new(
        "unsupported_password_hash", 400, "Unsupported password hash", "The password hash is not one that can be verified here.",
        "Bring a PBKDF2 hash as ASP.NET Core Identity, Django, Keycloak or the original Medatarun keep it, or a password.");

    /// <summary>A desired state cannot be read, or says something that cannot be.</summary>
    public static ProblemDefinition BadState { get; } = new(
        "bad_state", 400, "Bad state", "The state cannot be read.",
        "Correct what is named, and compare again.");

    /// <summary>Since a plan was made, the server's state has changed.</summary>
    public static ProblemDefinition StateChanged { get; } = new(
        "state_changed", 409, "State changed", "The server's state has changed since the plan was made. Nothing was changed.",
        "Compare again, look at the new plan, and apply that.");

    /// <summary>Every problem of this class.</summary>
    public static IReadOnlyList<ProblemDefinition> All { get; } = [UnsupportedPasswordHash, BadState, StateChanged];
}
