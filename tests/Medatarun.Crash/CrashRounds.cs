using System.Globalization;
using Medatarun.Client;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Microsoft.Data.Sqlite;

namespace Medatarun.Crash;

/// <summary>
/// Rounds of: a thousand creates at once, kill -9 in the middle, start again on the same file, and count. What was acknowledged
/// must be there, once, with its one audit record; the file must be whole; and the server must serve and take the same names as before.
/// </summary>
internal sealed class CrashRounds(string home, TextWriter output)
{
    private const string BootstrapSecret = "bootstrap-secret-of-the-crash-rounds";
    private const string Name = "admin";
    private const string Password = "admin.0123456789";

    private static readonly ConnectionOptions Once = new() { MaxRetries = 0 };

    private readonly List<double> startSeconds = [];
    private int acknowledgedInAll;
    private int lost;
    private int twice;
    private int damaged;
    private int unaudited;

    public int Failures => lost + twice + damaged + unaudited + (acknowledgedInAll == 0 ? 1 : 0);

    public async Task RunAsync(int rounds)
    {
        var server = await KilledServer.StartAsync(home, BootstrapSecret);
        try
        {
            await new MedatarunConnection(server.Url).InvokeAsync(AuthOperations.AdminBootstrap, new AdminBootstrapRequest
            {
                Secret = new Secret(BootstrapSecret), Username = Name, Fullname = "Administrator", Password = new Secret(Password),
            });
            for (var round = 1; round <= rounds; round++)
            {
                var acknowledged = await CrashAsync(server, round);
                server.Dispose();
                server = await KilledServer.StartAsync(home, BootstrapSecret);
                startSeconds.Add(server.StartTime.TotalSeconds);
                await JudgeAsync(server, round, acknowledged);
            }
        }
        finally
        {
            server.Dispose();
        }

        startSeconds.Sort();
        Say($"{rounds} rounds, {acknowledgedInAll} acknowledged creates: {lost} lost, {twice} twice, {unaudited} without their one audit record, {damaged} damaged files");
        Say($"serving again: median {startSeconds[startSeconds.Count / 2]:0.00} s, slowest {startSeconds[^1]:0.00} s after the start of the process");
        Say($"{(Failures == 0 ? "PASS" : "FAIL")}");
    }

    private static async Task<IReadOnlyCollection<string>> CrashAsync(KilledServer server, int round)
    {
        var admin = await new MedatarunConnection(server.Url, Once).SignInAsync(Name, new Secret(Password));
        var creates = Creates.Start(admin, round);
        // Not always in the same place of the work.
        await creates.AcknowledgedAsync(1 + Random.Shared.Next(700));
        server.Kill();
        await creates.EndedAsync();
        return creates.Acknowledged;
    }

    private async Task JudgeAsync(KilledServer server, int round, IReadOnlyCollection<string> acknowledged)
    {
        var admin = await new MedatarunConnection(server.Url).SignInAsync(Name, new Secret(Password));
        var there = (await admin.InvokeAsync(ActorOperations.ActorList, new()))
            .Select(actor => actor.Subject)
            .Where(subject => subject.StartsWith($"r{round}-", StringComparison.Ordinal))
            .GroupBy(subject => subject)
            .ToDictionary(group => group.Key, group => group.Count());
        acknowledgedInAll += acknowledged.Count;
        lost += acknowledged.Count(name => !there.ContainsKey(name));
        twice += there.Count(pair => pair.Value > 1);
        var (records, whole) = ReadFile(round);
        unaudited += there.Keys.Count(name => records.GetValueOrDefault(name) != 1) + records.Keys.Count(name => !there.ContainsKey(name));
        damaged += whole ? 0 : 1;
        await TakesNamesAsync(admin, round, there);
        Say($"round {round}: {acknowledged.Count} acknowledged, {there.Count} there, serving after {server.StartTime.TotalSeconds:0.00} s");
    }

    // A name that is there is taken, one that is not can be had: nothing is left half done.
    private async Task TakesNamesAsync(MedatarunConnection admin, int round, Dictionary<string, int> there)
    {
        foreach (var name in Creates.Names(round).Take(20))
        {
            var taken = false;
            try
            {
                await admin.InvokeAsync(ActorOperations.ServiceAccountCreate, new ServiceAccountCreateRequest { Name = name });
            }
            catch (MedatarunException refusal) when (refusal.Status == 409)
            {
                taken = true;
            }

            twice += taken == there.ContainsKey(name) ? 0 : 1;
        }
    }

    private (Dictionary<string, int> Records, bool Whole) ReadFile(int round)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(home, "medatarun.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var records = connection.CreateCommand();
        records.CommandText =
            """
            SELECT target, COUNT(*) FROM audit_events
            WHERE outcome = 'ok' AND operation IN ('auth/user_create', 'auth/service_account_create') AND target LIKE @round
            GROUP BY target
            """;
        records.Parameters.AddWithValue("@round", $"r{round}-%");
        var counts = new Dictionary<string, int>();
        using (var reader = records.ExecuteReader())
        {
            while (reader.Read())
            {
                counts[reader.GetString(0)] = reader.GetInt32(1);
            }
        }

        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (counts, check.ExecuteScalar() as string == "ok");
    }

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
