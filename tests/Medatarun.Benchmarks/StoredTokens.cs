using Medatarun.Server;
using Medatarun.Server.Access;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;

namespace Medatarun.Benchmarks;

/// <summary>A database with a hundred thousand API tokens in it, a hundred for each of a thousand service accounts.</summary>
internal static class StoredTokens
{
    public const int Owners = 1000;
    public const int PerOwner = 100;

    /// <summary>Makes them in a home, and returns their values.</summary>
    public static async Task<string[]> FillAsync(string home)
    {
        var now = DateTimeOffset.UtcNow;
        var random = new RandomSource();
        using var store = Open(home, now);
        var values = new List<string>(Owners * PerOwner);
        for (var number = 0; number < Owners; number++)
        {
            values.AddRange(await store.WriteAsync(transaction => FillOwner(transaction, $"runner-{number}", random, now)));
        }

        return [.. values];
    }

    public static Store Open(string home, DateTimeOffset now) =>
        Store.Open(new MedatarunServerOptions { DataPath = home }.DatabaseFile, now, _ => { });

    private static List<string> FillOwner(StoreTransaction transaction, string name, RandomSource random, DateTimeOffset now)
    {
        var owner = Guid.CreateVersion7(now);
        ActorQueries.Insert(transaction, new ActorRow
        {
            Id = owner,
            Kind = ActorKinds.Service,
            Issuer = new MedatarunServerOptions().Issuer,
            Subject = name,
            Fullname = name,
            CreatedAt = now,
        });
        var values = new List<string>(PerOwner);
        for (var number = 0; number < PerOwner; number++)
        {
            var value = OpaqueToken.Create(random, OpaqueToken.ApiPrefix).Reveal();
            ApiTokenQueries.Insert(
                transaction,
                new ApiTokenRow { Id = Guid.CreateVersion7(now), OwnerId = owner, OwnerName = name, Name = "ci", CreatedAt = now },
                OpaqueToken.HashOf(value));
            values.Add(value);
        }

        return values;
    }
}
