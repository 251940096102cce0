using Medatarun.Client;
using Medatarun.Contracts;

namespace Medatarun.PowerShell.Connection;

/// <summary>How the module reaches a server, and what the environment says about it.</summary>
internal static class ServerAddress
{
    public const string UrlVariable = "MEDATARUN_PUBLIC_BASE_URL";

    public const string TokenVariable = "MEDATARUN_AUTH_TOKEN";

    private const string DefaultUrl = "http://localhost:8080";

    private static readonly string UserAgent =
        $"medatarun-powershell/{typeof(ServerAddress).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>A connection without a token. Nothing is sent yet.</summary>
    /// <param name="url">The address; null for the one of the environment, or the default.</param>
    /// <param name="allowInsecure">Whether plain http to another machine is wanted.</param>
    /// <exception cref="MedatarunException"><c>invalid_url</c>, <c>insecure_url</c>.</exception>
    public static MedatarunConnection Open(Uri? url, bool allowInsecure) =>
        new(url ?? FromEnvironment(), new ConnectionOptions { AllowInsecure = allowInsecure, UserAgent = UserAgent });

    /// <summary>The sign-in that the environment offers; null when it offers none.</summary>
    /// <exception cref="MedatarunException"><c>invalid_url</c>, <c>insecure_url</c>.</exception>
    public static MedatarunConnection? SignedInByEnvironment() =>
        Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token
            ? Open(null, allowInsecure: false).WithToken(new Secret(token))
            : null;

    private static Uri FromEnvironment() =>
        Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } url
            ? new Uri(url, UriKind.RelativeOrAbsolute)
            : new Uri(DefaultUrl);
}
