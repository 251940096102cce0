using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Http.Streams;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>The OpenAPI 3.1 document of every operation, made of the catalogue once.</summary>
internal sealed class OpenApiDocument
{
    private static readonly IReadOnlyList<ProblemDefinition> CommonProblems =
    [
        ProblemCatalogue.MalformedRequest, ProblemCatalogue.InvalidRequest, ProblemCatalogue.RequestTooLarge,
        ProblemCatalogue.UnsupportedMediaType, ProblemCatalogue.StorageUnavailable,
    ];

    private static readonly IReadOnlyList<ProblemDefinition> SignedInProblems =
        [ProblemCatalogue.AuthenticationRequired, ProblemCatalogue.InvalidToken, ProblemCatalogue.TokenExpired];

    private const string Description =
        "Beside these operations the server speaks OAuth, form-encoded: /.well-known/oauth-authorization-server names the endpoints.";

    private readonly Lazy<byte[]> document = new(() => System.Text.Encoding.UTF8.GetBytes(Build().ToJsonString()));

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Value.Length;
        return context.Response.Body.WriteAsync(document.Value, context.RequestAborted).AsTask();
    }

    private static JsonObject Build()
    {
        var paths = new JsonObject();
        foreach (var operation in OperationCatalogue.All)
        {
            var path = new JsonObject { ["post"] = Describe(operation, isGet: false) };
            if (operation.ReadOnly)
            {
                path["get"] = Describe(operation, isGet: true);
            }

            paths[$"/api/{operation}"] = path;
        }

        foreach (var route in ResourceRoute.All)
        {
            // One is an operation's own address, with the status that it really has.
            var path = paths[route.Pattern] as JsonObject ?? [];
            path[route.Method.ToLowerInvariant()] = Describe(route);
            paths[route.Pattern] = path;
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Medatarun", ["version"] = MedatarunServer.Version, ["description"] = Description },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { ["Problem"] = Schema(MedatarunJson.Context.ProblemDocument) },
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                },
            },
        };
    }

    private static JsonObject Describe(Operation operation, bool isGet)
    {
        var described = Describe(operation, $"{operation.Group}_{operation.Name}{(isGet ? "_get" : "")}", StatusCodes.Status200OK);
        if (isGet || operation.RowJson is not null)
        {
            described["parameters"] = Parameters(operation.Members);
        }

        if (operation.RowJson is { } row)
        {
            described["requestBody"] = new JsonObject { ["content"] = Content(StreamMedia.Type, Schema(row)) };
        }
        else if (!isGet)
        {
            described["requestBody"] = Body(operation.Members);
        }

        return described;
    }

    private static JsonObject Describe(ResourceRoute route)
    {
        var described = Describe(
            route.Operation, $"{route.Operation.Group}_{route.Operation.Name}_{route.Method.ToLowerInvariant()}_resource", route.Status);
        var parameters = HttpMethods.IsGet(route.Method) ? Parameters(route.Members) : [];
        if (route.HasId)
        {
            parameters.Insert(0, new JsonObject
            {
                ["name"] = ResourceRoute.IdMember,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = new JsonObject { ["type"] = "string" },
            });
        }

        if (parameters.Count > 0)
        {
            described["parameters"] = parameters;
        }

        if (!HttpMethods.IsGet(route.Method) && route.Members.Any())
        {
            described["requestBody"] = Body(route.Members);
        }

        return described;
    }

    private static JsonObject Describe(Operation operation, string id, int status)
    {
        var described = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(operation.Group),
            ["summary"] = operation.Summary,
        };
        if (operation.Aliases.Count > 0)
        {
            described["description"] = $"Also called {string.Join(", ", operation.Aliases)}.";
        }

        if (operation.Access.Kind != AccessKind.Public)
        {
            described["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() });
        }

        if (operation.Access.Permission is { } permission)
        {
            described["x-permission"] = permission;
        }

        described["responses"] = Responses(operation, status);
        return described;
    }

    private static JsonObject Responses(Operation operation, int success)
    {
        var done = new JsonObject { ["description"] = "Done." };
        if (success != StatusCodes.Status204NoContent)
        {
            done["content"] = Content(operation.RowJson is null ? "application/json" : StreamMedia.Type, Schema(operation.ResponseJson));
        }

        var responses = new JsonObject { [Text(success)] = done };
        var problems = operation.Problems
            .Concat(CommonProblems)
            .Concat(operation.Access.Kind == AccessKind.Public ? [] : SignedInProblems)
            .Concat(operation.Access.Permission is null ? [] : [ProblemCatalogue.PermissionDenied]);
        foreach (var status in problems.Distinct().GroupBy(problem => problem.Status).OrderBy(group => group.Key))
        {
            responses[Text(status.Key)] = new JsonObject
            {
                ["description"] = string.Join(' ', status.Select(problem => $"`{problem.Code}`: {problem.Detail}")),
                ["x-problem-codes"] = new JsonArray([.. status.Select(problem => JsonValue.Create(problem.Code))]),
                ["content"] = Content("application/problem+json", new JsonObject { ["$ref"] = "#/components/schemas/Problem" }),
            };
        }

        return responses;
    }

    private static string Text(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray Parameters(IEnumerable<OperationMember> members) =>
        new([.. members.Select(member => new JsonObject
        {
            ["name"] = member.Name,
            ["in"] = "query",
            ["required"] = member.Required,
            ["description"] = member.Description,
            ["schema"] = MemberSchema(member),
        })]);

    private static JsonObject Body(IEnumerable<OperationMember> members)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var member in members)
        {
            var schema = MemberSchema(member);
            schema["description"] = member.Description;
            properties[member.Name] = schema;
            if (member.Required)
            {
                required.Add((JsonNode)member.Name);
            }
        }

        return new JsonObject
        {
            ["content"] = Content(
                "application/json", new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = required }),
        };
    }

    private static JsonObject MemberSchema(OperationMember member) =>
        member.IsJson ? Schema(MedatarunJson.Context.GetTypeInfo(member.Type)!).AsObject()
        : member.IsList ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } }
        : member.Type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
        : member.Type == typeof(int) ? new JsonObject { ["type"] = "integer" }
        : member.IsSecret ? new JsonObject { ["type"] = "string", ["format"] = "password" }
        : new JsonObject { ["type"] = "string" };

    private static JsonNode Schema(JsonTypeInfo type) => type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions
    {
        // A secret has a converter of its own, which the exporter cannot look into.
        TransformSchemaNode = (context, node) =>
            context.TypeInfo.Type == typeof(Secret) ? new JsonObject { ["type"] = "string", ["format"] = "password" } : node,
    });

    private static JsonObject Content(string mediaType, JsonNode schema) =>
        new() { [mediaType] = new JsonObject { ["schema"] = schema } };
}
