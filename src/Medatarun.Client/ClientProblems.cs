using Medatarun.Contracts.Problems;

namespace Medatarun.Client;

/// <summary>Refusals that come from the client itself, in the form of the server's. Their status is 0: nobody answered.</summary>
public static class ClientProblems
{
    /// <summary>No connection could be made, or it broke before the answer.</summary>
    public static ProblemDefinition ServerUnreachable { get; } = new(
        "server_unreachable", 0, "Server unreachable", "The server cannot be reached.",
        "Check the address and that the server is running.");

    /// <summary>The server took longer than the time-out.</summary>
    public static ProblemDefinition RequestTimedOut { get; } = new(
        "request_timed_out", 0, "Request timed out", "The server did not answer in time.",
        "Try again, or allow more time.");

    /// <summary>The answer is not one that this server gives.</summary>
    public static ProblemDefinition UnexpectedAnswer { get; } = new(
        "unexpected_answer", 0, "Unexpected answer", "The answer is not one of a Medatarun server.",
        "Check that the address is that of a Medatarun server, without a path, and not of a proxy's error page.");

    /// <summary>A token or password would travel in clear over a network.</summary>
    public static ProblemDefinition InsecureUrl { get; } = new(
        "insecure_url", 0, "Insecure URL", "Plain http to another machine would send secrets in clear.",
        "Use https, or say explicitly that this network is trusted.");

    /// <summary>The address is not an absolute http or https address.</summary>
    public static ProblemDefinition InvalidUrl { get; } = new(
        "invalid_url", 0, "Invalid URL", "The address is not an absolute http or https URL.",
        "Give an address like https://id.example.org or http://localhost:8080.");

    /// <summary>Where a job's token may be, there is none.</summary>
    public static ProblemDefinition NoFederatedToken { get; } = new(
        "no_federated_token", 0, "No federated token", "No token of this job was found.",
        "Have the pipeline give the job a token, as about_Medatarun_FederatedIdentity shows for each platform, or sign in another way.");

    /// <summary>A job's token should be there, and could not be had.</summary>
    public static ProblemDefinition FederatedTokenUnavailable { get; } = new(
        "federated_token_unavailable", 0, "Federated token unavailable", "The token of this job could not be had.",
        "Check what the pipeline allows the job, then run it again.");

    /// <summary>A secret that a state refers to is not there.</summary>
    public static ProblemDefinition SecretNotFound { get; } = new(
        "secret_not_found", 0, "Secret not found", "A secret that the state refers to is not there.",
        "Set the variables and write the files that are named, and apply again. Nothing was changed.");

    /// <summary>A state or plan is not one that can be read.</summary>
    public static ProblemDefinition UnreadableState { get; } = new(
        "unreadable_state", 0, "Unreadable state", "The state cannot be read.",
        "Correct what is named: JSON, with the members that an export shows.");

    /// <summary>Every problem of the client.</summary>
    public static IReadOnlyList<ProblemDefinition> All { get; } =
        [ServerUnreachable, RequestTimedOut, UnexpectedAnswer, InsecureUrl, InvalidUrl, SecretNotFound, UnreadableState, NoFederatedToken, FederatedTokenUnavailable];
}
