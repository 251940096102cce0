using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>The one place where a problem becomes HTTP.</summary>
internal static class ProblemWriter
{
    private const string ContentType = "application/problem+json";

    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var definition = problem.Definition;
        var response = context.Response;
        Begin(context, problem);
        response.ContentType = ContentType;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ProblemDocument
            {
                Type = definition.Type,
                Title = definition.Title,
                Status = definition.Status,
                Detail = problem.Detail,
                Details = problem.Detail,
                Code = definition.Code,
                RequestId = context.TraceIdentifier,
                Errors = problem.Errors,
            },
            MedatarunJson.Context.ProblemDocument);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    /// <summary>The status and the headers that a problem has in every form.</summary>
    public static void Begin(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Definition.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Definition.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Challenge(problem.Definition);
        }

        if (problem.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter =
                ((int)Math.Ceiling(delay.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    // RFC 6750 §3: no error code when no token was sent.
    public static string Challenge(ProblemDefinition definition) =>
        definition == ProblemCatalogue.InvalidToken
            ? "Bearer realm=\"medatarun\", error=\"invalid_token\", error_description=\"invalid token\""
        : definition == ProblemCatalogue.TokenExpired
            ? "Bearer realm=\"medatarun\", error=\"invalid_token\", error_description=\"token expired\""
        : "Bearer realm=\"medatarun\"";
}
