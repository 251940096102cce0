using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Medatarun.Benchmarks.Load;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Microsoft.Data.Sqlite;

namespace Medatarun.Benchmarks;

/// <summary>
/// Failed sign-ins of every kind, one at a time and in turns, each round in another order, at a server of any sort. Names change
/// before they have failed too often, but for the one that is locked. One kind stands in twice: how far these two are apart is what
/// the machine makes of no difference at all.
/// </summary>
internal sealed class FailedSignIns(MedatarunConnection admin, string databaseFile)
{
    private const string Right = "Right.password.1";
    private const string Wrong = "Wrong.password.1";
    private const int AttemptsOfAName = 4;
    private const int WarmUpRounds = 8;

    private static readonly FailedSignInKind[] All =
    [
        new("wrong password", "wrong", Wrong),
        new("unknown name", "nobody", Wrong) { Exists = false },
        new("disabled, right password", "disabled-right", Right) { Disabled = true },
        new("disabled, wrong password", "disabled-wrong", Wrong) { Disabled = true },
        new("without a password", "without", Wrong),
        new("locked, right password", "locked", Right) { Locked = true },
        new("wrong password again", "again", Wrong),
    ];

    private int client;

    public static IReadOnlyList<FailedSignInKind> Kinds => All;

    /// <summary>Every answer there was, but for its request id.</summary>
    public HashSet<string> Answers { get; } = [];

    /// <summary>Makes the users.</summary>
    public async Task PrepareAsync(int rounds)
    {
        foreach (var kind in All.Where(kind => kind.Exists))
        {
            var names = kind.Locked ? 1 : ((rounds + WarmUpRounds) / AttemptsOfAName) + 1;
            for (var number = 0; number < names; number++)
            {
                await admin.InvokeAsync(AuthOperations.UserCreate, new UserCreateRequest
                {
                    Username = $"{kind.Prefix}-{number}", Fullname = "A User", Password = new Secret(Right), Disabled = kind.Disabled,
                });
            }
        }

        // What takes an operator or an hour of failing otherwise.
        await using var connection = new SqliteConnection($"Data Source={databaseFile};Pooling=False");
        connection.Open();
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            UPDATE users SET password_hash = NULL WHERE username LIKE 'without-%';
            INSERT INTO sign_in_lanes (key, actor_id, failures, changed_at) SELECT 'user:' || id, id, 50, 0 FROM users WHERE username LIKE 'locked-%';
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Milliseconds by kind, and in each the rounds in their order.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Run(IPEndPoint address, int rounds)
    {
        using var connection = new KeepAliveConnection(address);
        var samples = All.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds + WarmUpRounds; round++)
        {
            var order = Enumerable.Range(0, All.Length).ToArray();
            Random.Shared.Shuffle(order);
            foreach (var number in order)
            {
                var kind = All[number];
                var name = $"{kind.Prefix}-{(kind.Locked ? 0 : round / AttemptsOfAName)}";
                var elapsed = Attempt(connection, HttpText.Login(name, kind.Password, client++));
                if (round >= WarmUpRounds)
                {
                    samples[number].Add(elapsed);
                }
            }
        }

        return samples;
    }

    private double Attempt(KeepAliveConnection connection, byte[] request)
    {
        var began = Stopwatch.GetTimestamp();
        connection.Send(request);
        var answer = connection.Receive();
        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var body = JsonNode.Parse(answer.Body.Span)!.AsObject();
        body.Remove("request_id");
        Answers.Add($"{answer.Status} {body.ToJsonString()}");
        return elapsed;
    }
}
