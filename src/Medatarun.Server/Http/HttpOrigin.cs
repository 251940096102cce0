using System.Net;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>Where an HTTP request came from. Behind a proxy that is configured, the host has put the client's address in place.</summary>
internal sealed class HttpOrigin(HttpContext context) : RequestOrigin
{
    public override string RequestId => context.TraceIdentifier;

    public override IPAddress? Address =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;

    public override string? Agent => context.Request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null;
}
