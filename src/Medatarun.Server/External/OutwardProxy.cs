using System.Net;

namespace Medatarun.Server.External;

/// <summary>The machine's proxy for all but this machine, because what is http must not leave it.</summary>
internal sealed class OutwardProxy(IWebProxy proxy) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => KeyAddress.IsThisMachine(host) || proxy.IsBypassed(host);
}
