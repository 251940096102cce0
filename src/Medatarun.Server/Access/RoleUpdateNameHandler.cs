using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Changes the name of a role.</summary>
internal sealed class RoleUpdateNameHandler() : RoleChangeHandler<RoleTextRequest>(RoleOperations.RoleUpdateName)
{
    protected override string Reference(RoleTextRequest request) => request.RoleRef!;

    protected override Problem? Change(StoreTransaction transaction, RoleRow role, RoleTextRequest request, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(request.Value))
        {
            return Problem.OfMember(ProblemCatalogue.InvalidRequest, "value", "'value' is required.");
        }

        if (Description.Check(request.Value, "value", Description.MaxNameLength) is { } problem)
        {
            return problem;
        }

        RoleQueries.Update(transaction, role with { Name = request.Value });
        return null;
    }
}
