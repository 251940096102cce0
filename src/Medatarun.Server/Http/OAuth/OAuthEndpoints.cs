using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Medatarun.Server.Http.OAuth;

/// <summary>Maps what speaks OAuth: form-encoded requests, and refusals in the form of RFC 6749 instead of problem documents.</summary>
internal sealed class OAuthEndpoints(
    TokenEndpoint tokens,
    TokenIntrospectHandler introspect,
    TokenRevokeHandler revoke,
    OperationPipeline pipeline,
    ProblemMiddleware problems)
{
    public const string TokenPath = "/auth/token";
    public const string IntrospectionPath = "/auth/introspect";
    public const string RevocationPath = "/auth/revoke";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        MapPost(endpoints, TokenPath, tokens.AnswerAsync);
        MapPost(endpoints, IntrospectionPath, new TokenReferenceEndpoint<TokenIntrospectResponse>(introspect, pipeline).AnswerAsync);
        MapPost(endpoints, RevocationPath, new TokenReferenceEndpoint<StatusResponse>(revoke, pipeline).AnswerAsync);
    }

    private void MapPost(IEndpointRouteBuilder endpoints, string path, Func<HttpContext, Task> answer) => endpoints.Map(
        path,
        problems.Around(
            context =>
            {
                if (HttpMethods.IsPost(context.Request.Method))
                {
                    return answer(context);
                }

                context.Response.Headers.Allow = HttpMethods.Post;
                return OAuthErrorWriter.WriteAsync(context, ProblemCatalogue.MethodNotAllowed);
            },
            OAuthErrorWriter.WriteAsync));
}
