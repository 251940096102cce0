using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Lists every service account.</summary>
internal sealed class ServiceAccountListHandler()
    : StoreHandler<EmptyRequest, IReadOnlyList<ActorInfo>>(ActorOperations.ServiceAccountList)
{
    protected override Outcome<IReadOnlyList<ActorInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<ActorInfo>>.Of(
            ActorQueries.ListOfKind(transaction, ActorKinds.Service).ConvertAll(actor => ActorQueries.Info(transaction, actor)));
}
