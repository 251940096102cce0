using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Access;
using Medatarun.Server.Operations;

namespace Medatarun.Server.Sessions;

/// <summary>Says who the caller is, from what the pipeline resolved: no further look-up.</summary>
internal sealed class WhoAmIHandler() : OperationHandler<EmptyRequest, WhoAmIResponse>(AuthOperations.WhoAmI)
{
    public override ValueTask<Outcome<Prepared<WhoAmIResponse>>> PrepareAsync(
        EmptyRequest request, CallContext call, CancellationToken cancellationToken) =>
        new(Prepared<WhoAmIResponse>.Answer(Answer(call.Caller)));

    private static WhoAmIResponse Answer(Caller caller) => new()
    {
        Issuer = caller.Issuer,
        Sub = caller.Subject,
        Id = caller.ActorId.ToString(),
        Username = caller.Subject,
        Fullname = caller.Fullname,
        Email = caller.Email,
        Admin = caller.IsAdmin,
        Type = ActorQueries.TypeOf(caller.IsAdmin),
        Role = caller.Roles.Count > 0 ? caller.Roles[0] : null,
        Roles = caller.Roles,
        Groups = caller.Groups,
        Permissions = caller.Permissions,
    };
}
