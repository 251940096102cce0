using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Turns the bootstrap secret into the first administrator.</summary>
public sealed record AdminBootstrapRequest
{
    /// <summary>The secret that the server printed at its start.</summary>
    [Member("The one-time secret that the server printed when it started.", Required = true)]
    public Secret? Secret { get; init; }

    /// <summary>The administrator's username.</summary>
    [Member("The administrator's username; it never changes.", Required = true)]
    public string? Username { get; init; }

    /// <summary>The administrator's full name.</summary>
    [Member("The administrator's full name.", Required = true)]
    public string? Fullname { get; init; }

    /// <summary>The administrator's password.</summary>
    [Member("The administrator's password.", Required = true)]
    public Secret? Password { get; init; }
}
