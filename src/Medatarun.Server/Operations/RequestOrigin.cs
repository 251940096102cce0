namespace Medatarun.Server.Operations;

/// <summary>Where a call came from. What costs something is made when it is asked for.</summary>
internal abstract class RequestOrigin
{
    /// <summary>Our own id of the request.</summary>
    public abstract string RequestId { get; }

    /// <summary>The client's address, IPv4 as IPv4; null when it is not known.</summary>
    public abstract System.Net.IPAddress? Address { get; }

    /// <summary>What the client calls itself, as it was sent; null when it does not say.</summary>
    public abstract string? Agent { get; }
}
