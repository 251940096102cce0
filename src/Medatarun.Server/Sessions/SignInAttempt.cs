using Medatarun.Contracts.Auth;
using Medatarun.Server.Guessing;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Sessions;

/// <summary>Somebody who signs in.</summary>
internal sealed record SignInAttempt
{
    public required LoginRequest Request { get; init; }

    public required CallContext Call { get; init; }

    /// <summary>When it began, as a timestamp of the time provider.</summary>
    public required long Began { get; init; }

    /// <summary>The source; null when it is not known.</summary>
    public required string? Source { get; init; }

    /// <summary>The failure that was taken from the source in advance.</summary>
    public required SourcePlace Place { get; init; }
}
