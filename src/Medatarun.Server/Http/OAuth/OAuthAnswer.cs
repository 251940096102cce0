using System.Text;
using System.Text.Json.Nodes;
using Medatarun.Contracts;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>Writes the JSON of an OAuth endpoint, which no cache keeps (RFC 6749 §5.1).</summary>
internal static class OAuthAnswer
{
    public static Task WriteAsync(HttpContext context, JsonObject answer) =>
        WriteAsync(context, Encoding.UTF8.GetBytes(answer.ToJsonString(MedatarunJson.Context.Options)));

    public static async Task WriteAsync(HttpContext context, byte[] answer)
    {
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Pragma = "no-cache";
        response.ContentLength = answer.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(answer, context.RequestAborted);
        }
    }
}
