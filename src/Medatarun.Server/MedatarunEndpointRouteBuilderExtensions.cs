using Medatarun.Contracts.Problems;
using Medatarun.Server.Http;
using Medatarun.Server.Http.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server;

/// <summary>Maps the server into an ASP.NET Core application.</summary>
public static class MedatarunEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps every operation under <c>/api</c>, the OAuth endpoints, the public documents, and <c>/health</c>. What else lies under <c>/api</c> and
    /// <c>/auth</c> is answered with a problem.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    public static IEndpointRouteBuilder MapMedatarun(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var problems = services.GetRequiredService<ProblemMiddleware>();
        var documents = services.GetRequiredService<WellKnownDocuments>();
        var openApi = new OpenApiDocument();

        endpoints.Map("/api/{group}/{operation}", problems.Around(services.GetRequiredService<OperationEndpoints>().InvokeAsync));
        services.GetRequiredService<ResourceRoutes>().Map(endpoints);
        services.GetRequiredService<OAuthEndpoints>().Map(endpoints);
        MapGet(endpoints, problems, "/api", openApi.WriteAsync);
        MapGet(endpoints, problems, "/health", HealthAsync);
        MapGet(endpoints, problems, "/auth/jwks.json", documents.KeysAsync);
        MapGet(endpoints, problems, "/.well-known/openid-configuration", documents.DiscoveryAsync);
        MapGet(endpoints, problems, "/.well-known/oauth-authorization-server", documents.DiscoveryAsync);
        endpoints.Map("/api/{**rest}", problems.Around(NotFoundAsync));
        endpoints.Map("/auth/{**rest}", problems.Around(NotFoundAsync));
        return endpoints;
    }

    /// <summary>Answers everything that no other route takes with a problem, for programs that serve nothing else.</summary>
    /// <param name="endpoints">The application.</param>
    public static IEndpointRouteBuilder MapMedatarunFallback(this IEndpointRouteBuilder endpoints)
    {
        var problems = endpoints.ServiceProvider.GetRequiredService<ProblemMiddleware>();
        endpoints.MapFallback("{**path}", problems.Around(NotFoundAsync));
        return endpoints;
    }

    private static void MapGet(IEndpointRouteBuilder endpoints, ProblemMiddleware problems, string pattern, Func<HttpContext, Task> answer) =>
        endpoints.Map(pattern, problems.Around(context =>
        {
            if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            {
                return answer(context);
            }

            context.Response.Headers.Allow = "GET, HEAD";
            return ProblemWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
        }));

    private static Task NotFoundAsync(HttpContext context) => ProblemWriter.WriteAsync(context, ProblemCatalogue.RouteNotFound);

    private static Task HealthAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync("""{"status":"ok"}""", context.RequestAborted);
    }
}
