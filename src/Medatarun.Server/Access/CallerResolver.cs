using Medatarun.Contracts.Problems;
using Medatarun.Server.External;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Access;

/// <summary>From a bearer token to the caller: the token says who, the store says whether and what.</summary>
internal sealed class CallerResolver(TokenValidator tokens, ExternalCallers external, CallerCache cache, StoreHolder store)
{
    public async ValueTask<Outcome<Caller>> ResolveAsync(BearerToken? token, CallContext call)
    {
        var now = call.Now;
        if (token is null)
        {
            return ProblemCatalogue.AuthenticationRequired;
        }

        if ((await tokens.ValidateAsync(token, now)).Failed(out var problem, out var validated))
        {
            return problem;
        }

        if (cache.Find(validated.Credential) is { } cached)
        {
            return cached;
        }

        var generation = cache.Generation;
        if ((validated.External is null ? Load(validated.Credential, now) : await LoadExternalAsync(token, validated, call))
            .Failed(out problem, out var caller))
        {
            return problem;
        }

        cache.Keep(caller, generation);
        return caller;
    }

    private Outcome<Caller> Load(Credential credential, DateTimeOffset now) =>
        store.Current.Read(transaction => CallerQueries.Load(transaction, credential, now)) is { } caller
            ? caller
            : new Problem(ProblemCatalogue.InvalidToken, credential.Kind == CredentialKind.Session
                ? "The session of this token has ended."
                : "The API token was revoked, or its owner is disabled.");

    private async ValueTask<Outcome<Caller>> LoadExternalAsync(BearerToken token, ValidatedToken validated, CallContext call)
    {
        if (await external.LoadAsync(validated, call) is { } outcome)
        {
            return outcome;
        }

        // The issuer was changed since the token was verified: what it says now counts.
        tokens.Forget(token);
        return (await tokens.ValidateAsync(token, call.Now)).Failed(out var problem, out var verified) ? problem
            : verified.External is not null && await external.LoadAsync(verified, call) is { } again ? again
            : ProblemCatalogue.InvalidToken;
    }
}
