using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Says that tokens of an issuer are accepted.</summary>
internal sealed class IssuerCreateHandler(MedatarunServerOptions options)
    : StoreHandler<IssuerCreateRequest, IssuerInfo>(IssuerOperations.IssuerCreate)
{
    protected override string? Target(IssuerCreateRequest request) => request.Name;

    protected override Outcome<IssuerInfo> Run(
        StoreTransaction transaction, IssuerCreateRequest request, Caller caller, DateTimeOffset now)
    {
        var issuer = request.Issuer ?? request.Authority;
        if (AccessKey.Parse(request.Name!, "name").Failed(out var problem, out var name)
            || (problem = Check(request, issuer) ?? Taken(transaction, name.Value, issuer!)
                ?? IssuerAuthority.MayVouch(transaction, caller, issuer!)) is not null)
        {
            return problem;
        }

        var trusted = new TrustedIssuer
        {
            Id = Guid.CreateVersion7(now),
            Name = name.Value,
            Issuer = issuer!,
            Jwks = request.Jwks,
            Authority = request.Authority,
            Algorithms = IssuerTerms.Algorithms(request.Algorithms),
            Audiences = IssuerTerms.Audiences(request.Audiences),
            RuleRequired = request.RuleRequired == true,
            DisabledAt = request.Disabled == true ? now : null,
            CreatedAt = now,
            Version = Guid.CreateVersion7(now),
        };
        TrustedIssuerQueries.Insert(transaction, trusted);
        return TrustedIssuerQueries.Info(trusted);
    }

    private Problem? Check(IssuerCreateRequest request, string? issuer) =>
        IssuerTerms.Check(request.Jwks, request.Authority, request.Algorithms, request.Audiences)
        ?? (request.Jwks is null && request.Authority is null ? IssuerTerms.Refuse("jwks", "Give 'jwks' or 'authority'.")
            : issuer is null ? IssuerTerms.Refuse("issuer", "Give 'issuer', the 'iss' of its tokens, with 'jwks'.")
            : !TrustedIssuerRules.IsIssuer(issuer)
                ? IssuerTerms.Refuse("issuer", $"'issuer' must have {TrustedIssuerRules.IssuerRequirement}.")
            : issuer == options.Issuer ? IssuerTerms.Refuse("issuer", "This server's own tokens are accepted already.")
            : null);

    private static Problem? Taken(StoreTransaction transaction, string name, string issuer) =>
        TrustedIssuerQueries.FindByName(transaction, name) is not null
            ? Problem.OfMember(IssuerProblems.IssuerAlreadyExists, "name", $"There is a trusted issuer '{name}'.")
        : TrustedIssuerQueries.FindByIssuer(transaction, issuer) is { } other
            ? Problem.OfMember(IssuerProblems.IssuerAlreadyExists, "issuer", $"Tokens of '{issuer}' are accepted already, as those of '{other.Name}'.")
        : null;
}
