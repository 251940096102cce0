using Medatarun.Server.Access;
using Medatarun.Server.Storage;

namespace Medatarun.Server.State;

/// <summary>What the changes of one application share.</summary>
/// <param name="Transaction">The open transaction.</param>
/// <param name="Caller">Who applies the state, with what they hold by now: a permission that was just registered is theirs.</param>
/// <param name="Now">The moment of the call.</param>
/// <param name="Issuer">The issuer of our own actors.</param>
/// <param name="Hashes">The password hashes of users that are made, by username.</param>
internal sealed record StateWork(
    StoreTransaction Transaction, Caller Caller, DateTimeOffset Now, string Issuer, IReadOnlyDictionary<string, string> Hashes);
