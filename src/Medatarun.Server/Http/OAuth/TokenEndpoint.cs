using System.Text.Json.Nodes;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>The token endpoint (RFC 6749 §3.2): another face of operations that answer with tokens.</summary>
internal sealed class TokenEndpoint(IEnumerable<GrantType> grantTypes)
{
    /// <summary>What can be exchanged here.</summary>
    public IReadOnlyList<GrantType> GrantTypes { get; } = [.. grantTypes];

    public async Task AnswerAsync(HttpContext context)
    {
        if ((await ExchangeAsync(context)).Failed(out var problem, out var tokens))
        {
            await OAuthErrorWriter.WriteAsync(context, problem);
            return;
        }

        var answer = new JsonObject
        {
            ["access_token"] = tokens.AccessToken.Reveal(),
            ["token_type"] = tokens.TokenType,
            ["expires_in"] = tokens.ExpiresIn,
        };
        if (tokens.RefreshToken is { } refreshToken)
        {
            answer["refresh_token"] = refreshToken.Reveal();
        }

        await OAuthAnswer.WriteAsync(context, answer);
    }

    private async ValueTask<Outcome<SignInResponse>> ExchangeAsync(HttpContext context)
    {
        if ((await OAuthForm.ReadAsync(context)).Failed(out var problem, out var form))
        {
            return problem;
        }

        if (form["grant_type"] is not { } name)
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "grant_type", "'grant_type' is required.");
        }

        return GrantTypes.FirstOrDefault(grantType => grantType.Name == name) is { } known
            ? await known.ExchangeAsync(context, form)
            : OAuthProblems.UnsupportedGrantType;
    }
}
