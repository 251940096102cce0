using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Medatarun.Server.Http;

/// <summary>The routes for clients that speak REST: other addresses of the same operations.</summary>
internal sealed class ResourceRoutes(OperationEndpoints operations, ProblemMiddleware problems)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/api/auth/me", (HttpMethods.Get, AuthOperations.WhoAmI));
        Map(endpoints, "/api/users", (HttpMethods.Get, AuthOperations.UserList));
        Map(endpoints, "/api/users/{id}", (HttpMethods.Get, AuthOperations.UserGet), (HttpMethods.Put, AuthOperations.UserUpdate));
    }

    private void Map(IEndpointRouteBuilder endpoints, string pattern, params (string Method, Operation Operation)[] methods) =>
        endpoints.Map(pattern, problems.Around(async context =>
        {
            var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
            var match = methods.FirstOrDefault(candidate => HttpMethods.Equals(candidate.Method, method));
            if (match.Operation is null)
            {
                context.Response.Headers.Allow = string.Join(", ", methods.Select(candidate => candidate.Method));
                await ProblemWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
                return;
            }

            var json = method == HttpMethods.Get
                ? RequestReader.Query(match.Operation, context.Request.Query)
                : await RequestReader.BodyAsync(context);
            if (json.Failed(out var problem, out var body)
                || WithRouteId(body, context.Request.RouteValues["id"] as string).Failed(out problem, out body))
            {
                await ProblemWriter.WriteAsync(context, problem);
                return;
            }

            await operations[match.Operation].RunAsync(context, body);
        }));

    // The address says which user; whatever the body says about it does not count.
    private static Outcome<ReadOnlyMemory<byte>> WithRouteId(ReadOnlyMemory<byte> body, string? id)
    {
        if (id is null)
        {
            return body;
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = Medatarun.Contracts.MedatarunJson.MaxDepth, AllowDuplicateProperties = false };
            if (JsonNode.Parse(body.IsEmpty ? "{}"u8 : body.Span, documentOptions: options) is not JsonObject json)
            {
                return ProblemCatalogue.MalformedRequest;
            }

            json.Remove("username");
            json["id"] = id;
            return (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        }
        catch (JsonException)
        {
            return ProblemCatalogue.MalformedRequest;
        }
    }
}
