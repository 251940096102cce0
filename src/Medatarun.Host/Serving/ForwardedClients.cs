using System.Net;
using Medatarun.Host.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging;

namespace Medatarun.Host.Serving;

/// <summary>
/// Believes what configured proxies say of their clients, and nobody else: who may say where they come from is not counted. A
/// proxy that is not configured makes one address of all its clients, and so is warned about once.
/// </summary>
internal sealed class ForwardedClients(IReadOnlyList<System.Net.IPNetwork> proxies, ILogger log)
{
    private const string Header = "X-Forwarded-For";
    private int warned;

    /// <summary>Puts itself before everything that asks where a request comes from.</summary>
    public void Use(IApplicationBuilder application)
    {
        application.Use(WarnAsync);
        if (proxies.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many as there are, for the first that is no proxy of ours ends it.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        application.UseForwardedHeaders(options);
    }

    private Task WarnAsync(HttpContext context, RequestDelegate next)
    {
        if (Volatile.Read(ref warned) == 0
            && context.Request.Headers.ContainsKey(Header)
            && !IsProxy(context.Connection.RemoteIpAddress)
            && Interlocked.Exchange(ref warned, 1) == 0)
        {
            log.LogWarning(
                "A request from {Address} came with {Header}, which is ignored. If that is a proxy of yours, name it in {Key}",
                context.Connection.RemoteIpAddress, Header, ConfigurationKeys.TrustedProxies.Name);
        }

        return next(context);
    }

    private bool IsProxy(IPAddress? address)
    {
        var known = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return known is not null && proxies.Any(proxy => proxy.Contains(known));
    }
}
