using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Creates a role. It holds nothing yet, so that anyone who manages roles may.</summary>
internal sealed class RoleCreateHandler() : StoreHandler<RoleCreateRequest, RoleInfo>(RoleOperations.RoleCreate)
{
    protected override string? Target(RoleCreateRequest request) => request.Key;

    protected override Outcome<RoleInfo> Run(StoreTransaction transaction, RoleCreateRequest request, Caller caller, DateTimeOffset now)
    {
        if (AccessKey.Parse(request.Key!).Failed(out var problem, out var key)
            || (problem = Description.Check(request.Name, "name", Description.MaxNameLength)
                ?? Description.Check(request.Description, "description")) is not null)
        {
            return problem;
        }

        if (RoleQueries.Find(transaction, key.Value) is not null)
        {
            return ProblemCatalogue.RoleAlreadyExists;
        }

        var name = string.IsNullOrWhiteSpace(request.Name) ? key.Value : request.Name;
        var role = new RoleRow(Guid.CreateVersion7(now).ToString(), key.Value, name, request.Description ?? "", false, false, now);
        RoleQueries.Insert(transaction, role);
        return RoleQueries.Info(transaction, role);
    }
}
