using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Access;

/// <summary>Creates a service account.</summary>
internal sealed class ServiceAccountCreateHandler(MedatarunServerOptions options)
    : StoreHandler<ServiceAccountCreateRequest, ActorInfo>(ActorOperations.ServiceAccountCreate)
{
    protected override string? Target(ServiceAccountCreateRequest request) => request.Name;

    protected override Outcome<ActorInfo> Run(
        StoreTransaction transaction, ServiceAccountCreateRequest request, Caller caller, DateTimeOffset now)
    {
        if (Username.Parse(request.Name!, "name").Failed(out var problem, out var name)
            || Fullname(request).Failed(out problem, out var fullname)
            || Owner(transaction, request, caller).Failed(out problem, out var owner)
            || ServiceAccounts.Create(transaction, options.Issuer, name, fullname, owner, now).Failed(out problem, out var actor)
            || (problem = UserRules.GiveRoles(transaction, caller, actor.Id, request.Role, admin: false)) is not null)
        {
            return problem;
        }

        return ActorQueries.Info(transaction, ActorQueries.Find(transaction, actor.Id)!);
    }

    private static Outcome<FullName?> Fullname(ServiceAccountCreateRequest request) =>
        string.IsNullOrEmpty(request.Fullname) ? Outcome<FullName?>.Of(null)
        : FullName.Parse(request.Fullname).Failed(out var problem, out var fullname) ? problem
        : Outcome<FullName?>.Of(fullname);

    private static Outcome<Guid> Owner(StoreTransaction transaction, ServiceAccountCreateRequest request, Caller caller) =>
        string.IsNullOrEmpty(request.Owner) ? caller.ActorId
        : UserQueries.FindByName(transaction, request.Owner) is { } owner ? owner.Id
        : Problem.OfMember(ProblemCatalogue.UserNotFound, "owner", $"User '{request.Owner}' not found.");
}
