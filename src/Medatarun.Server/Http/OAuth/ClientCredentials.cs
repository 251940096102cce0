using System.Text;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>
/// Who asks an OAuth endpoint: a bearer token as everywhere, or HTTP Basic with an API token as the password, because most libraries
/// know no other way there. The user name is not looked at: the token says whose it is.
/// </summary>
internal static class ClientCredentials
{
    public const string BasicChallenge = "Basic realm=\"medatarun\", charset=\"UTF-8\"";

    private const string Scheme = "Basic";

    public static bool IsBasic(HttpContext context) =>
        context.Request.Headers.Authorization is [{ } header]
        && header.Split(' ')[0].Equals(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token; null when nobody says who they are.</summary>
    public static BearerToken? Read(HttpContext context) => IsBasic(context)
        ? new BearerToken(Password(context.Request.Headers.Authorization[0]![Scheme.Length..].Trim()))
        : ConnectionToken.Read(context);

    // Empty for whatever is no API token: a credential that is not accepted.
    private static string Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return "";
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var password = pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return OpaqueToken.IsWellFormed(password, OpaqueToken.ApiPrefix) ? password : "";
    }
}
