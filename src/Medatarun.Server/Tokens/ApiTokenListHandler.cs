using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>Lists API tokens that live, a page at a time.</summary>
internal sealed class ApiTokenListHandler(LastSeen lastSeen)
    : OperationHandler<CredentialListRequest, ApiTokenPage>(TokenOperations.ApiTokenList)
{
    public override ValueTask<Outcome<Prepared<ApiTokenPage>>> PrepareAsync(
        CredentialListRequest request, CallContext call, CancellationToken cancellationToken) =>
        new(CredentialPage.Check(request) is { } problem
            ? problem
            : Prepared<ApiTokenPage>.InStore((transaction, caller) => List(transaction, request, caller, call.Now)));

    private Outcome<ApiTokenPage> List(StoreTransaction transaction, CredentialListRequest request, Caller caller, DateTimeOffset now)
    {
        if (CredentialPage.Account(transaction, request, caller).Failed(out var problem, out var account))
        {
            // To an API token nothing is its own but itself: whoever has found one learns nothing of the owner's other ones.
            return problem.Definition == ProblemCatalogue.SessionRequired ? Itself(transaction, caller) : problem;
        }

        var limit = request.Limit ?? CredentialListRequest.DefaultLimit;
        var found = ApiTokenQueries.ListLive(transaction, account, request.After ?? "", limit + 1, now);
        var page = found.Take(limit).Select(Info).ToArray();
        return new ApiTokenPage(page, found.Count > limit ? page[^1].Id : null);
    }

    private ApiTokenPage Itself(StoreTransaction transaction, Caller caller) =>
        new(ApiTokenQueries.Find(transaction, caller.Credential.Id) is { } token ? [Info(token)] : [], null);

    private ApiTokenInfo Info(ApiTokenRow token) => ApiTokenQueries.Info(
        token with { LastUsedAt = lastSeen.UsedAt(Credential.ApiToken(token.Id), token.LastUsedAt) });
}
