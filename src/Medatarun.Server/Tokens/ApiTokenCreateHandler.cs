using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Tokens;

/// <summary>Makes an API token. Its value is in the answer and nowhere else.</summary>
internal sealed class ApiTokenCreateHandler(RandomSource random)
    : OperationHandler<ApiTokenCreateRequest, ApiTokenCreateResponse>(TokenOperations.ApiTokenCreate)
{
    /// <summary>How many one owner can have; the catalogue's refusal names the number.</summary>
    public const int MaxLive = 1000;

    // So that revoking once more what was revoked before is no error for a good while.
    private const int RememberedEnded = 1000;

    public override ValueTask<Outcome<Prepared<ApiTokenCreateResponse>>> PrepareAsync(
        ApiTokenCreateRequest request, CallContext call, CancellationToken cancellationToken)
    {
        call.Target = string.IsNullOrEmpty(request.Username) ? call.Caller.Subject : request.Username;
        return new(
            ApiTokenName.Parse(request.Name!).Failed(out var problem, out var name)
            || (problem = TokenLifetime.Check(
                request.ExpiresIn, ApiTokenCreateRequest.MinLifetime, ApiTokenCreateRequest.MaxLifetime)) is not null
                ? problem
                : Prepared<ApiTokenCreateResponse>.InStore((transaction, caller) => Create(transaction, name, request, caller, call)));
    }

    private Outcome<ApiTokenCreateResponse> Create(
        StoreTransaction transaction, ApiTokenName name, ApiTokenCreateRequest request, Caller caller, CallContext call)
    {
        if (CredentialRules.Account(transaction, caller, request.Username).Failed(out var problem, out var account))
        {
            return problem;
        }

        var owner = ActorQueries.Find(transaction, account)!;
        if (Refusal(transaction, owner, request, caller, call.Now) is { } refusal)
        {
            return refusal;
        }

        ApiTokenQueries.ForgetEnded(transaction, owner.Id, RememberedEnded, call.Now);
        var token = new ApiTokenRow
        {
            Id = Guid.CreateVersion7(call.Now),
            OwnerId = owner.Id,
            OwnerName = owner.Subject,
            Name = name.Value,
            Permissions = request.Permissions is { } permissions ? PermissionText.Of(permissions.Distinct(StringComparer.Ordinal)) : null,
            CreatedAt = call.Now,
            ExpiresAt = request.ExpiresIn is { } seconds ? call.Now.AddSeconds(seconds) : null,
        };
        var value = OpaqueToken.Create(random, OpaqueToken.ApiPrefix);
        ApiTokenQueries.Insert(transaction, token, OpaqueToken.HashOf(value.Reveal()));
        call.Target = $"{owner.Subject}/{token.Id}";
        return new ApiTokenCreateResponse { ApiToken = ApiTokenQueries.Info(token), Token = value };
    }

    private static Problem? Refusal(
        StoreTransaction transaction, ActorRow owner, ApiTokenCreateRequest request, Caller caller, DateTimeOffset now) =>
        // What stands for another issuer's token must not leave behind what outlives it.
        (caller.IsExchanged && caller.ActorId == owner.Id
            ? new Problem(ProblemCatalogue.SessionRequired, "A session that a token of another issuer was exchanged for makes no API token of its own.")
            : null)
        ?? AuthorityRules.MayChange(transaction, caller, owner.Id)
        ?? (owner.DisabledAt is null ? null : new Problem(ProblemCatalogue.PrincipalDisabled, $"'{owner.Subject}' is disabled."))
        ?? MayCutTo(transaction, caller, request.Permissions ?? [])
        ?? (ApiTokenQueries.CountLive(transaction, owner.Id, now) < MaxLive ? null : new Problem(ProblemCatalogue.ApiTokenLimit));

    private static Problem? MayCutTo(StoreTransaction transaction, Caller caller, IReadOnlyList<string> permissions) =>
        permissions.Select(permission => PermissionQueries.Missing(transaction, permission, "permissions"))
            .FirstOrDefault(missing => missing is not null)
        ?? AuthorityRules.MayGrant(transaction, caller, permissions);
}
