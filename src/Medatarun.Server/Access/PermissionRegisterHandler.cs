using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Registers a permission that other systems ask for.</summary>
internal sealed class PermissionRegisterHandler()
    : StoreHandler<PermissionRegisterRequest, PermissionInfo>(RoleOperations.PermissionRegister)
{
    /// <summary>What a permission belongs to that does not say it.</summary>
    public const string DefaultCategory = "custom";

    protected override string? Target(PermissionRegisterRequest request) => request.Key;

    protected override Outcome<PermissionInfo> Run(
        StoreTransaction transaction, PermissionRegisterRequest request, Caller caller, DateTimeOffset now)
    {
        var implies = (request.Implies ?? []).Distinct(StringComparer.Ordinal).ToArray();
        if (AccessKey.Parse(request.Key!).Failed(out var problem, out var key)
            || (problem = Description.Check(request.Description, "description")
                ?? Description.Check(request.Category, "category", Description.MaxNameLength)
                ?? (PermissionQueries.Exists(transaction, key.Value) ? ProblemCatalogue.PermissionAlreadyExists : null)
                ?? Refusal(transaction, key.Value, implies)
                ?? AuthorityRules.MayGrant(transaction, caller, implies)) is not null)
        {
            return problem;
        }

        var category = string.IsNullOrWhiteSpace(request.Category) ? DefaultCategory : request.Category;
        PermissionQueries.Insert(transaction, key.Value, request.Description ?? "", category, implies, now);
        return PermissionQueries.List(transaction).Single(permission => permission.Key == key.Value);
    }

    // A key that is not registered yet can be implied by nothing, so that naming itself is the only way to a cycle.
    private static Problem? Refusal(StoreTransaction transaction, string key, IEnumerable<string> implies) =>
        implies.Select(implied =>
            implied == key || implied == PermissionKeys.Admin
                ? Problem.OfMember(
                    ProblemCatalogue.PermissionCycle,
                    "implies",
                    implied == key ? $"'{key}' cannot imply itself." : "'admin' implies every permission, so that none can imply it.")
                : PermissionQueries.Missing(transaction, implied, "implies")).FirstOrDefault(problem => problem is not null);
}
