using Medatarun.Contracts.Problems;
using Medatarun.Server.External;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Http.OAuth;

/// <summary>RFC 8693: a token of a trusted issuer for an access token of ours.</summary>
internal sealed class TokenExchangeGrant(TokenExchangeHandler handler, OperationPipeline pipeline, MedatarunServerOptions options)
    : ExternalTokenGrant("urn:ietf:params:oauth:grant-type:token-exchange", handler, pipeline, options)
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";
    private const string IdTokenType = "urn:ietf:params:oauth:token-type:id_token";

    public override string IssuedTokenType => AccessTokenType;

    protected override string Parameter => "subject_token";

    protected override Problem? Check(OAuthForm form) =>
        form[Parameter] is null ? Missing(Parameter)
        : form["subject_token_type"] is not { } type ? Missing("subject_token_type")
        : type is not (AccessTokenType or JwtType or IdTokenType)
            ? Refused("subject_token_type", "'subject_token_type' must be that of a JWT, an access token or an ID token.")
        : form["requested_token_type"] is not (null or AccessTokenType or JwtType)
            ? Refused("requested_token_type", "Only access tokens are issued here.")
        : form["actor_token"] is not null || form["actor_token_type"] is not null
            ? Refused("actor_token", "Nobody acts for somebody else here: leave 'actor_token' out.")
        : null;

    // RFC 8693 §2.2.2: a subject token that is not accepted is an invalid request.
    protected override Problem Refuse(string detail) => new(ProblemCatalogue.InvalidRequest, $"The subject token is not accepted. {detail}");

    private static Problem Refused(string parameter, string detail) => Problem.OfMember(ProblemCatalogue.InvalidRequest, parameter, detail);
}
