using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Tokens;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>
/// An operation about a token, as RFC 7662 and RFC 7009 reach it. <c>token_type_hint</c> is not looked at: a token shows what it is.
/// </summary>
internal sealed class TokenReferenceEndpoint<TResponse>(OperationHandler<TokenReference, TResponse> handler, OperationPipeline pipeline)
    where TResponse : class
{
    public async Task AnswerAsync(HttpContext context)
    {
        // Who asks is settled before what they ask: a stranger learns nothing of how a request must look.
        var outcome = ClientCredentials.Read(context) is not { } caller ? ProblemCatalogue.AuthenticationRequired
            : (await OAuthForm.ReadAsync(context)).Failed(out var malformed, out var form) ? malformed
            : await RunAsync(context, caller, form);
        if (outcome.Failed(out var problem, out var answer))
        {
            await OAuthErrorWriter.WriteAsync(context, problem);
            return;
        }

        await OAuthAnswer.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(answer, handler.TypedOperation.TypedResponseJson));
    }

    private ValueTask<Outcome<TResponse>> RunAsync(HttpContext context, BearerToken caller, OAuthForm form) => pipeline.RunAsync(
        handler, new TokenReference { Token = Secret.From(form["token"]) }, caller, new HttpOrigin(context), context.RequestAborted);
}
