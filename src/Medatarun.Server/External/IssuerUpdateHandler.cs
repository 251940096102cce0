using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.External;

/// <summary>Changes what is given of a trusted issuer.</summary>
internal sealed class IssuerUpdateHandler() : StoreHandler<IssuerUpdateRequest, IssuerInfo>(IssuerOperations.IssuerUpdate)
{
    protected override string? Target(IssuerUpdateRequest request) => request.Name;

    protected override Outcome<IssuerInfo> Run(
        StoreTransaction transaction, IssuerUpdateRequest request, Caller caller, DateTimeOffset now)
    {
        if (TrustedIssuerQueries.Require(transaction, request.Name!).Failed(out var problem, out var issuer)
            || (problem = ManagedIssuers.Refusal(issuer)
                ?? IssuerTerms.Check(request.Jwks, request.Authority, request.Algorithms, request.Audiences)) is not null)
        {
            return problem;
        }

        var changed = Apply(issuer, request, now);
        // Trusting less is open to whoever manages issuers; anything else says who vouches for its actors.
        if (changed != issuer with { DisabledAt = changed.DisabledAt } || (changed.DisabledAt is null && issuer.DisabledAt is not null))
        {
            problem = IssuerAuthority.MayVouch(transaction, caller, issuer.Issuer);
        }

        if (problem is not null)
        {
            return problem;
        }

        if (changed != issuer)
        {
            TrustedIssuerQueries.Update(transaction, changed with { Version = Guid.CreateVersion7(now) });
        }

        return TrustedIssuerQueries.Info(changed);
    }

    private static TrustedIssuer Apply(TrustedIssuer issuer, IssuerUpdateRequest request, DateTimeOffset now)
    {
        var moved = request.Jwks is not null || request.Authority is not null;
        return issuer with
        {
            Jwks = moved ? request.Jwks : issuer.Jwks,
            Authority = moved ? request.Authority : issuer.Authority,
            Algorithms = Same(issuer.Algorithms, request.Algorithms is { } algorithms ? IssuerTerms.Algorithms(algorithms) : null),
            Audiences = Same(issuer.Audiences, request.Audiences is { } audiences ? IssuerTerms.Audiences(audiences) : null),
            RuleRequired = request.RuleRequired ?? issuer.RuleRequired,
            DisabledAt = request.Disabled switch { null => issuer.DisabledAt, false => null, true => issuer.DisabledAt ?? now },
        };
    }

    // Lists are compared as objects: one of the same content is the one that was there.
    private static IReadOnlyList<string> Same(IReadOnlyList<string> current, IReadOnlyList<string>? given) =>
        given is null || given.SequenceEqual(current) ? current : given;
}
