using System.Collections.Concurrent;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;

namespace Medatarun.Crash;

/// <summary>A thousand creates at once: users, which wait for a hash, and service accounts, which wait for the writer alone.</summary>
internal sealed class Creates
{
    private const int Count = 1000;

    // One in ten: what hashes a second allow must not be all that happens before the kill.
    private const int UsersIn = 10;

    private readonly ConcurrentBag<string> acknowledged = [];
    private readonly Task all;

    private Creates(MedatarunConnection admin, int round) =>
        all = Task.WhenAll(Enumerable.Range(0, Count).Select(number => CreateAsync(admin, NameOf(round, number), isUser: number % UsersIn == 0)));

    /// <summary>The names of creates that the server said were done.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    public static Creates Start(MedatarunConnection admin, int round) => new(admin, round);

    public static IEnumerable<string> Names(int round) => Enumerable.Range(0, Count).Select(number => NameOf(round, number));

    /// <summary>Completes once so many were acknowledged, or nothing is left to wait for.</summary>
    public async Task AcknowledgedAsync(int count)
    {
        while (acknowledged.Count < count && !all.IsCompleted)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Completes when every create has its answer or its failure.</summary>
    public Task EndedAsync() => all;

    private static string NameOf(int round, int number) => $"r{round}-n{number}";

    private async Task CreateAsync(MedatarunConnection admin, string name, bool isUser)
    {
        // The thousand start together, not one after the other.
        await Task.Yield();
        try
        {
            if (isUser)
            {
                await admin.InvokeAsync(AuthOperations.UserCreate, new UserCreateRequest
                {
                    Username = name, Fullname = "Some One", Password = new Secret("Sunny.Day.0123456"),
                });
            }
            else
            {
                await admin.InvokeAsync(ActorOperations.ServiceAccountCreate, new ServiceAccountCreateRequest { Name = name });
            }

            acknowledged.Add(name);
        }
        catch (MedatarunException)
        {
            // Killed before the answer, or put off: nothing was promised.
        }
    }
}
