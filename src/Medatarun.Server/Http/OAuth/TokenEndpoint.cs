using System.Text.Json.Nodes;
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
        if ((await ReadAsync(context)).Failed(out var problem, out var asked)
            || (await asked.GrantType.ExchangeAsync(context, asked.Form)).Failed(out problem, out var tokens))
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

        if (asked.GrantType.IssuedTokenType is { } issued)
        {
            answer["issued_token_type"] = issued;
        }

        await OAuthAnswer.WriteAsync(context, answer);
    }

    private async ValueTask<Outcome<(GrantType GrantType, OAuthForm Form)>> ReadAsync(HttpContext context)
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
            ? (known, form)
            : OAuthProblems.UnsupportedGrantType;
    }
}
