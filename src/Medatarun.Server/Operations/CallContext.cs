using Medatarun.Server.Access;

namespace Medatarun.Server.Operations;

/// <summary>What belongs to one call: who makes it, and what the audit record will say.</summary>
internal sealed class CallContext(RequestOrigin origin, DateTimeOffset now) : IDisposable
{
    public string RequestId => Origin.RequestId;

    /// <summary>Where the call came from.</summary>
    public RequestOrigin Origin { get; } = origin;

    /// <summary>The moment of the call. One call has one time.</summary>
    public DateTimeOffset Now { get; } = now;

    public Caller Caller { get; set; } = Caller.Anonymous;

    /// <summary>What the call is about, for the audit record: a username, an id. Never a secret.</summary>
    public string? Target { get; set; }

    /// <summary>What is counted with the outcome of the call; null for nothing.</summary>
    public IAttempt? Attempt { get; set; }

    public void Dispose() => Attempt?.Dispose();
}
