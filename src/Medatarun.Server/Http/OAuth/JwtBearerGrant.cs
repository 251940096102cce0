using Medatarun.Contracts.Problems;
using Medatarun.Server.External;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Http.OAuth;

/// <summary>RFC 7523 §2.1: a token of a trusted issuer as an authorization grant.</summary>
internal sealed class JwtBearerGrant(TokenExchangeHandler handler, OperationPipeline pipeline, MedatarunServerOptions options)
    : ExternalTokenGrant("urn:ietf:params:oauth:grant-type:jwt-bearer", handler, pipeline, options)
{
    protected override string Parameter => "assertion";

    protected override Problem? Check(OAuthForm form) => form[Parameter] is null ? Missing(Parameter) : null;

    // RFC 7521 §4.1.1.
    protected override Problem Refuse(string detail) => new(ProblemCatalogue.InvalidGrant, $"The assertion is not accepted. {detail}");
}
