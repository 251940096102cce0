using Medatarun.Contracts.Problems;
using Medatarun.Server.Operations;
using Medatarun.Server.Storage;
using Medatarun.Server.Users;

namespace Medatarun.Server.Access;

/// <summary>Makes service accounts.</summary>
internal static class ServiceAccounts
{
    /// <summary>Makes one, without any role; refused when the name is in use, or was.</summary>
    /// <param name="transaction">The open transaction.</param>
    /// <param name="issuer">The issuer of our own actors.</param>
    /// <param name="name">Its name.</param>
    /// <param name="fullname">What it is for; null for its name.</param>
    /// <param name="owner">Who answers for it.</param>
    /// <param name="now">The moment of the call.</param>
    public static Outcome<ActorRow> Create(
        StoreTransaction transaction, string issuer, Username name, FullName? fullname, Guid owner, DateTimeOffset now)
    {
        if (UserQueries.IsNameTaken(transaction, name))
        {
            return ProblemCatalogue.UserAlreadyExists;
        }

        var actor = new ActorRow
        {
            Id = Guid.CreateVersion7(now),
            Kind = ActorKinds.Service,
            Issuer = issuer,
            Subject = name.Value,
            Fullname = (fullname ?? FullName.Of(name)).Value,
            CreatedAt = now,
        };
        ActorQueries.Insert(transaction, actor, owner);
        return actor;
    }
}
