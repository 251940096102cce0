using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Server.Access;

/// <summary>From a bearer token to the caller: the token says who, the store says whether and what.</summary>
internal sealed class CallerResolver(TokenValidator tokens, CallerCache cache, StoreHolder store)
{
    public async ValueTask<Outcome<Caller>> ResolveAsync(BearerToken? token, DateTimeOffset now)
    {
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
        if (store.Current.Read(transaction => CallerQueries.Load(transaction, validated.Credential, now)) is not { } caller)
        {
            return new Problem(ProblemCatalogue.InvalidToken, validated.Credential.Kind == CredentialKind.Session
                ? "The session of this token has ended."
                : "The API token was revoked, or its owner is disabled.");
        }

        cache.Keep(caller, generation);
        return caller;
    }
}
