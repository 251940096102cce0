using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;

namespace Medatarun.Server.Access;

/// <summary>Lists every actor.</summary>
internal sealed class ActorListHandler() : StoreHandler<EmptyRequest, IReadOnlyList<ActorInfo>>(ActorOperations.ActorList)
{
    protected override Outcome<IReadOnlyList<ActorInfo>> Run(
        StoreTransaction transaction, EmptyRequest request, Caller caller, DateTimeOffset now) =>
        Outcome<IReadOnlyList<ActorInfo>>.Of(ActorQueries.List(transaction).ConvertAll(actor => ActorQueries.Info(transaction, actor)));
}
