using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Benchmarks.Programs;

/// <summary>An issuer on this machine: one RSA key, whoever asks gets its public part.</summary>
internal sealed class LocalIssuer : IDisposable
{
    public const string Audience = "medatarun";

    private readonly RSA key = RSA.Create(2048);
    private readonly HttpListener listener = new();
    private int fetches;

    public LocalIssuer()
    {
        Address = $"http://127.0.0.1:{FreePort()}";
        listener.Prefixes.Add(Address + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public string Jwks => $"{Address}/jwks";

    /// <summary>How often its keys were asked for.</summary>
    public int Fetches => Volatile.Read(ref fetches);

    /// <summary>A token of an hour, with as many claims as those of providers have.</summary>
    public string Token()
    {
        var now = DateTimeOffset.UtcNow;
        var header = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", typ = "at+jwt", kid = "one" }));
        var claims = Encode(JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Address, sub = "repo:org/infra:ref:refs/heads/main", aud = Audience, iat = now.ToUnixTimeSeconds(),
            exp = now.AddHours(1).ToUnixTimeSeconds(), name = "org/infra", repository = "org/infra", job_workflow_ref = "org/infra/.github/workflows/x.yml",
        }));
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{header}.{claims}.{Encode(signature)}";
    }

    public void Dispose()
    {
        listener.Close();
        key.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static string Encode(byte[] bytes) => Base64UrlEncoder.Encode(bytes);

    private async Task ServeAsync()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var document = JsonSerializer.SerializeToUtf8Bytes(new
        {
            keys = new[] { new { kty = "RSA", kid = "one", use = "sig", n = Encode(parameters.Modulus!), e = Encode(parameters.Exponent!) } },
        });
        try
        {
            while (listener.IsListening)
            {
                var context = await listener.GetContextAsync();
                Interlocked.Increment(ref fetches);
                context.Response.ContentType = "application/json";
                context.Response.Close(document, willBlock: false);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed of: nobody asks any more.
        }
    }
}
