using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.External;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>What both grants for tokens of other issuers do: ask whether a token here is what is wanted, and exchange.</summary>
internal abstract class ExternalTokenGrant(string name, TokenExchangeHandler handler, OperationPipeline pipeline, MedatarunServerOptions options)
    : GrantType(name)
{
    private const string Audience = "audience";
    private const string Resource = "resource";

    public sealed override async ValueTask<Outcome<SignInResponse>> ExchangeAsync(HttpContext context, OAuthForm form)
    {
        if (Check(form) is { } problem || (problem = CheckTarget(context, form)) is not null)
        {
            return problem;
        }

        var outcome = await pipeline.RunAsync(
            handler,
            new TokenExchangeRequest { Token = Secret.From(form[Parameter]) },
            token: null,
            new HttpOrigin(context),
            context.RequestAborted);
        return outcome.Problem is { } refusal && IsOfToken(refusal) ? Refuse(refusal.Detail) : outcome;
    }

    /// <summary>The parameter with the token.</summary>
    protected abstract string Parameter { get; }

    /// <summary>The refusal of a request that is not whole, or asks for what there is not; or null.</summary>
    protected abstract Problem? Check(OAuthForm form);

    /// <summary>The refusal of a token that is not accepted.</summary>
    protected abstract Problem Refuse(string detail);

    /// <summary>The refusal of a request without a parameter.</summary>
    protected static Problem Missing(string parameter) =>
        Problem.OfMember(ProblemCatalogue.InvalidRequest, parameter, $"'{parameter}' is required.");

    // The client did not authenticate with the token: it is a grant, and 401 would say that the client is unknown (RFC 6749 §5.2).
    private static bool IsOfToken(Problem problem) =>
        problem.Definition == ProblemCatalogue.InvalidToken || problem.Definition == ProblemCatalogue.TokenExpired;

    private Problem? CheckTarget(HttpContext context, OAuthForm form)
    {
        var address = BaseAddress.Of(context.Request, options);
        bool IsAddress(string value) => value.TrimEnd('/') == address;
        return form.All(Audience).All(value => value == options.Audience || IsAddress(value)) && form.All(Resource).All(IsAddress)
            ? null
            : new Problem(OAuthProblems.InvalidTarget);
    }
}
