using System.Text.Json;
using System.Text.Json.Nodes;
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
        foreach (var routes in ResourceRoute.All.GroupBy(route => route.Pattern))
        {
            Map(endpoints, routes.Key, [.. routes]);
        }
    }

    private void Map(IEndpointRouteBuilder endpoints, string pattern, ResourceRoute[] routes) =>
        endpoints.Map(pattern, problems.Around(async context =>
        {
            var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
            if (routes.FirstOrDefault(candidate => HttpMethods.Equals(candidate.Method, method)) is not { } route)
            {
                context.Response.Headers.Allow = string.Join(", ", routes.Select(candidate => Allowed(candidate.Method)));
                await ProblemWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
                return;
            }

            var json = method == HttpMethods.Get
                ? RequestReader.Query(route.Operation, context.Request.Query)
                : await RequestReader.BodyAsync(context, route.Operation.MaxRequestBytes);
            if (json.Failed(out var problem, out var body)
                || WithRouteId(body, context.Request.RouteValues[ResourceRoute.IdMember] as string).Failed(out problem, out body))
            {
                await ProblemWriter.WriteAsync(context, problem);
                return;
            }

            await operations[route.Operation].RunAsync(context, body, route.Status);
        }));

    private static string Allowed(string method) => method == HttpMethods.Get ? "GET, HEAD" : method;

    // The address says what it is about; whatever the body says of that does not count.
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
            json[ResourceRoute.IdMember] = id;
            return (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        }
        catch (JsonException)
        {
            return ProblemCatalogue.MalformedRequest;
        }
    }
}
