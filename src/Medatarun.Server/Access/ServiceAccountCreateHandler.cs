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
            || FullName.Parse(string.IsNullOrEmpty(request.Fullname) ? Spoken(name) : request.Fullname).Failed(out problem, out var fullname)
            || Owner(transaction, request, caller).Failed(out problem, out var owner))
        {
            return problem;
        }

        if (UserQueries.IsNameTaken(transaction, name))
        {
            return ProblemCatalogue.UserAlreadyExists;
        }

        var actor = new ActorRow
        {
            Id = Guid.CreateVersion7(now),
            Kind = ActorKinds.Service,
            Issuer = options.Issuer,
            Subject = name.Value,
            Fullname = fullname.Value,
            CreatedAt = now,
        };
        ActorQueries.Insert(transaction, actor, owner);
        problem = UserRules.GiveRoles(transaction, caller, actor.Id, request.Role, admin: false);
        return problem is null ? ActorQueries.Info(transaction, ActorQueries.Find(transaction, actor.Id)!) : problem;
    }

    // A full name has no '_': it is for people.
    private static string Spoken(Username name) => name.Value.Replace('_', ' ');

    private static Outcome<Guid> Owner(StoreTransaction transaction, ServiceAccountCreateRequest request, Caller caller) =>
        string.IsNullOrEmpty(request.Owner) ? caller.ActorId
        : UserQueries.FindByName(transaction, request.Owner) is { } owner ? owner.Id
        : Problem.OfMember(ProblemCatalogue.UserNotFound, "owner", $"User '{request.Owner}' not found.");
}
