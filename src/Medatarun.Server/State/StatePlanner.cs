using Medatarun.Contracts.State;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.State;

/// <summary>Reads what is, and finds what differs from what should be, or what is wrong with that.</summary>
internal static class StatePlanner
{
    public static PlannedState Plan(StoreTransaction transaction, StateDocument wanted, bool prune)
    {
        var current = StateReader.Read(transaction);
        var faults = StateChecks.Find(current, wanted, prune, name => UserQueries.IsRetired(transaction, name));
        return new PlannedState(
            faults, faults.IsEmpty ? StateComparison.Compare(current.Document, wanted, prune) : [], StateFingerprint.Of(current.Document));
    }
}
