using Medatarun.Contracts.State;

namespace Medatarun.Server.State;

/// <summary>What a server holds at one moment.</summary>
/// <param name="Document">All of it that a document can say.</param>
/// <param name="ManagedRoles">The keys of the product's own roles, which are in no document.</param>
/// <param name="ManagedIssuers">The names of the issuers of the configuration, which are in no document.</param>
internal sealed record StateSnapshot(StateDocument Document, IReadOnlySet<string> ManagedRoles, IReadOnlySet<string> ManagedIssuers);
