using System.Text.Json.Nodes;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Medatarun.Server.Http.OAuth;

/// <summary>The one place where a problem becomes an OAuth error (RFC 6749 §5.2, RFC 6750 §3.1).</summary>
internal static class OAuthErrorWriter
{
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        ProblemWriter.Begin(context, problem);
        if (problem.Definition.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = ClientCredentials.IsBasic(context)
                ? ClientCredentials.BasicChallenge
                : new StringValues([ProblemWriter.Challenge(problem.Definition), ClientCredentials.BasicChallenge]);
        }

        return OAuthAnswer.WriteAsync(context, new JsonObject
        {
            ["error"] = ErrorOf(context, problem.Definition),
            ["error_description"] = DescriptionOf(problem.Detail),
        });
    }

    private static string ErrorOf(HttpContext context, ProblemDefinition problem) => problem.Status switch
    {
        400 when problem == ProblemCatalogue.InvalidGrant
            || problem == OAuthProblems.UnsupportedGrantType
            || problem == OAuthProblems.InvalidTarget => problem.Code,
        401 => problem == ProblemCatalogue.AuthenticationRequired || ClientCredentials.IsBasic(context) ? "invalid_client" : "invalid_token",
        403 => "insufficient_scope",
        429 or 503 => "temporarily_unavailable",
        500 => "server_error",
        _ => "invalid_request",
    };

    // RFC 6749 §5.2: printable ASCII but for the quotation mark and the backslash.
    private static string DescriptionOf(string detail) =>
        string.Concat(detail.Select(character => character is >= ' ' and <= '~' and not ('"' or '\\') ? character : '?'));
}
