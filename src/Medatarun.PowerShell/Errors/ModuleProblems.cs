using Medatarun.Contracts.Problems;

namespace Medatarun.PowerShell.Errors;

/// <summary>Refusals that come from the module itself, in the form of the server's.</summary>
internal static class ModuleProblems
{
    public static ProblemDefinition NotConnected { get; } = new(
        "not_connected", 0, "Not connected", "You are not connected to a Medatarun server.",
        "Run Connect-Medatarun, give -Connection, or set MEDATARUN_AUTH_TOKEN (and MEDATARUN_PUBLIC_BASE_URL).");

    public static ProblemDefinition BootstrapSecretMissing { get; } = new(
        "bootstrap_secret_missing", 0, "Bootstrap secret missing", "There is no bootstrap secret to use.",
        "A server that has its administrator has no bootstrap secret any more: sign in with Connect-Medatarun. "
        + "Otherwise give -BootstrapSecret the secret that the server printed when it last started.");

    public static ProblemDefinition InvalidBody { get; } = new(
        "invalid_body", 0, "Invalid body", "The body is not a JSON object.",
        "Give -Body a hashtable, an object, or the text of a JSON object.");
}
