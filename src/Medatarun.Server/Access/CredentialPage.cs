using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>What the lists of sessions and of API tokens ask, read once for both.</summary>
internal static class CredentialPage
{
    /// <summary>The refusal of a request that cannot be answered, or null.</summary>
    public static Problem? Check(CredentialListRequest request) =>
        request.Limit is < 1 or > CredentialListRequest.MaxLimit
            ? Problem.OfMember(ProblemCatalogue.InvalidRequest, "limit", $"'limit' must be between 1 and {CredentialListRequest.MaxLimit}.")
        : request.All == true && !string.IsNullOrEmpty(request.Username)
            ? Problem.OfMember(ProblemCatalogue.InvalidRequest, "all", "'all' and 'username' do not go together.")
        : null;

    /// <summary>Whose credentials are asked for, null for everybody's; or the refusal.</summary>
    public static Outcome<Guid?> Account(StoreTransaction transaction, CredentialListRequest request, Caller caller)
    {
        if (request.All == true)
        {
            return CredentialRules.MaySee(caller, null) is { } refusal ? refusal : Outcome<Guid?>.Of(null);
        }

        return CredentialRules.Account(transaction, caller, request.Username).Failed(out var problem, out var account) ? problem : account;
    }
}
