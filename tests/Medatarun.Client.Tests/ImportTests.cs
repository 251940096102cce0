using System.Diagnostics;
using System.Text;
using Medatarun.Client.Tests.Servers;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Import;

namespace Medatarun.Client.Tests;

/// <summary>Importing through the client: pieces, numbers, breaks.</summary>
public sealed class ImportTests(RealServer server)
{
    private const string Django = "pbkdf2_sha256$2600$seasalt2Aq9$0/fpBb64AFU53/jS0X2DIfSC+3yF5ebVQsId7jZd9RY=";

    private static int prefixes;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Results_of_many_pieces_come_in_the_order_of_the_rows_with_their_numbers()
    {
        var name = NewPrefix();
        var rows = Enumerable.Range(0, 1700).Select(number => Row(number % 100 == 50 ? "Bad Name" : $"{name}{number}")).ToList();
        var reports = new List<RequestReport>();

        var results = await ListAsync(server.Admin.ImportUsersAsync(rows, observe: report => Note(reports, report), cancellationToken: Stop));

        Assert.Equal(Enumerable.Range(1, 1700).Select(number => (int?)number), results.Select(result => result.Row));
        Assert.Equal(rows.Select(row => row.Username), results.Select(result => result.Username));
        Assert.All(results, result => Assert.Equal(result.Row % 100 == 51 ? "bad_username" : "created", result.Code ?? result.Status));
        Assert.Equal(4, reports.Count);
        Assert.All(reports, report => Assert.Equal(("/api/auth/user_import", 200), (report.Path, report.Status)));
        var again = await ListAsync(server.Admin.ImportUsersAsync(rows, cancellationToken: Stop));
        Assert.Equal(17, again.Count(result => result.Status == "failed"));
        Assert.Equal(1683, again.Count(result => result.Status == "existing"));
    }

    [Fact]
    public async Task Rows_about_one_user_in_two_pieces_are_done_in_their_order()
    {
        var name = NewPrefix();
        var rows = Enumerable.Range(0, 500).Select(number => Row($"{name}{number}")).Append(Row($"{name}499") with { Fullname = "The Last" });

        var results = await ListAsync(server.Admin.ImportUsersAsync(rows, new UserImportRequest { IfExists = "update" }, cancellationToken: Stop));

        Assert.Equal(["created", "updated"], results.TakeLast(2).Select(result => result.Status));
        var user = await server.Admin.InvokeAsync(AuthOperations.UserGet, new UserReference { Username = $"{name}499" }, cancellationToken: Stop);
        Assert.Equal("The Last", user.Fullname);
    }

    [Theory]
    [InlineData(null, "existing")]
    [InlineData("update", "updated")]
    [InlineData("fail", "user_already_exists")]
    public async Task A_dry_run_sees_rows_of_earlier_pieces_and_keeps_nothing(string? ifExists, string expected)
    {
        var name = NewPrefix();
        UserImportRow[] rows =
        [
            .. Enumerable.Range(0, 600).Select(number => Row($"{name}{number}") with { Email = $"{name}{number}@example.org" }),
            Row($"{name}0"), Row($"{name}x") with { Email = $"{name}1@EXAMPLE.org" },
        ];

        var results = await ListAsync(server.Admin.ImportUsersAsync(rows, new UserImportRequest { IfExists = ifExists, DryRun = true }, cancellationToken: Stop));

        Assert.Equal([expected, "email_already_used"], results.TakeLast(2).Select(result => result.Code ?? result.Status));
        var page = await server.Admin.InvokeAsync(AuthOperations.UserList, new UserListRequest { Search = name }, cancellationToken: Stop);
        Assert.Empty(page.Items);
    }

    [Fact]
    public async Task Lines_that_are_no_rows_fail_with_their_numbers_and_empty_ones_are_none()
    {
        var name = NewPrefix();
        var lines = new[] { "", $$"""{"username":"{{name}}","fullname":"A"}""", "  ", "{nothing", "[]" }.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line));

        var results = await ListAsync(server.Admin.ImportUserLinesAsync(lines.ToAsyncEnumerable(), cancellationToken: Stop));

        Assert.Equal([(1, "created"), (2, "malformed_request"), (3, "malformed_request")], results.Select(result => (result.Row!.Value, result.Code ?? result.Status!)));
    }

    [Fact]
    public async Task Rows_that_come_slowly_are_answered_while_others_are_still_to_come()
    {
        var name = NewPrefix();
        var first = new TaskCompletionSource();

        await foreach (var result in server.Admin.ImportUsersAsync(SlowAsync(), cancellationToken: Stop))
        {
            Assert.Equal("created", result.Status);
            first.TrySetResult();
        }

        async IAsyncEnumerable<UserImportRow> SlowAsync()
        {
            yield return Row($"{name}1");
            await first.Task.WaitAsync(TimeSpan.FromMinutes(1), Stop);
            yield return Row($"{name}2");
        }
    }

    [Fact]
    public async Task No_more_rows_are_read_than_are_under_way()
    {
        var name = NewPrefix();
        var read = 0;
        var taken = 0;
        await foreach (var _ in server.Admin.ImportUsersAsync(Rows(), cancellationToken: Stop))
        {
            taken++;
            Assert.InRange(Volatile.Read(ref read) - taken, 0, 2000);
        }

        Assert.Equal(5000, taken);

        IEnumerable<UserImportRow> Rows()
        {
            for (var number = 0; number < 5000; number++)
            {
                Interlocked.Increment(ref read);
                yield return new UserImportRow { Username = $"{name}{number}" };
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Giving_up_takes_effect_at_once(bool inTheSource)
    {
        var name = NewPrefix();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var rows = inTheSource ? StuckAsync() : Enumerable.Range(0, 2000).Select(number => Row($"{name}{number}") with { Password = new Secret("Sunny.Day.0123456") }).ToAsyncEnumerable();
        var began = 0L;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in server.Admin.ImportUsersAsync(rows, cancellationToken: giveUp.Token))
            {
                began = began == 0 ? Stopwatch.GetTimestamp() : began;
                await giveUp.CancelAsync();
            }
        });

        // What is asked for is 200 ms; the machine of the tests has other things to do.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2));

        async IAsyncEnumerable<UserImportRow> StuckAsync()
        {
            yield return Row($"{name}1");
            await new TaskCompletionSource().Task;
        }
    }

    [Fact]
    public async Task A_refusal_of_the_whole_is_an_exception()
    {
        var refusal = await Assert.ThrowsAsync<MedatarunException>(async () => await ListAsync(server.Anonymous.ImportUsersAsync([Row("some.one")], cancellationToken: Stop)));
        Assert.Equal("authentication_required", refusal.Code);
        refusal = await Assert.ThrowsAsync<MedatarunException>(async () => await ListAsync(
            server.Admin.ImportUsersAsync([Row("some.one")], new UserImportRequest { IfExists = "perhaps" }, cancellationToken: Stop)));
        Assert.Equal(("invalid_request", 400), (refusal.Code, refusal.Status));
        Assert.True(refusal.Errors.ContainsKey("if_exists"));
    }

    [Fact]
    public async Task What_the_source_throws_is_thrown_after_the_results_before_it()
    {
        var name = NewPrefix();
        var results = new List<UserImportResult>();

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var result in server.Admin.ImportUsersAsync(BrokenAsync(), cancellationToken: Stop))
            {
                results.Add(result);
            }
        });

        Assert.Equal("line 601", thrown.Message);
        Assert.Equal(500, results.Count);

        async IAsyncEnumerable<UserImportRow> BrokenAsync()
        {
            for (var number = 0; number < 600; number++)
            {
                yield return Row($"{name}{number}");
            }

            await Task.Yield();
            throw new InvalidDataException("line 601");
        }
    }

    [Theory]
    [InlineData("{\"row\":1,\"status\":\"created\"}\n", "unexpected_answer", 1)]
    [InlineData("", "unexpected_answer", 0)]
    [InlineData("{\"row\":2,\"status\":\"created\"}\n", "unexpected_answer", 0)]
    [InlineData("{\"row\":1,\"status\":\"created\"}\n{\"row\":2,\"status\":\"created\"}\n", "unexpected_answer", 1)]
    [InlineData("<html>\n", "unexpected_answer", 0)]
    [InlineData("{\"summary\":{\"rows\":0,\"created\":0,\"updated\":0,\"existing\":0,\"failed\":0}}\n", "unexpected_answer", 0)]
    [InlineData("{\"code\":\"storage_unavailable\",\"detail\":\"Full.\",\"summary\":{\"rows\":0,\"created\":0,\"updated\":0,\"existing\":0,\"failed\":0}}\n", "storage_unavailable", 0)]
    public async Task An_answer_without_its_last_line_or_out_of_step_is_told_from_a_whole_one(string body, string code, int before)
    {
        await using var scripted = new ScriptedServer((_, _) => Task.FromResult<string?>(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        var results = new List<UserImportResult>();

        var failure = await Assert.ThrowsAsync<MedatarunException>(async () =>
        {
            await foreach (var result in new MedatarunConnection(scripted.Url).ImportUsersAsync([Row("some.one")], cancellationToken: Stop))
            {
                results.Add(result);
            }
        });

        Assert.Equal((code, before), (failure.Code, results.Count));
    }

    [Fact]
    public async Task A_connection_that_breaks_in_an_answer_is_a_server_that_cannot_be_reached()
    {
        const string half = "{\"row\":1,\"status\":\"created\"}\n";
        await using var scripted = new ScriptedServer((_, _) => Task.FromResult<string?>(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{half}"));

        var failure = await Assert.ThrowsAsync<MedatarunException>(
            async () => await ListAsync(new MedatarunConnection(scripted.Url).ImportUsersAsync([Row("some.one"), Row("other.one")], cancellationToken: Stop)));

        Assert.Equal("server_unreachable", failure.Code);
    }

    [Fact]
    public async Task What_is_put_off_is_sent_again_after_the_wait_that_was_asked_for()
    {
        var calls = 0;
        await using var scripted = new ScriptedServer((_, _) => Task.FromResult<string?>(Interlocked.Increment(ref calls) == 1
            ? ScriptedServer.Problem(429, "throttled", "Retry-After: 1\r\n")
            : "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n{\"row\":1,\"status\":\"created\"}\n{\"summary\":{\"rows\":1,\"created\":1,\"updated\":0,\"existing\":0,\"failed\":0}}\n"));
        var time = new ManualTimeProvider(skipWaits: true);

        var results = await ListAsync(new MedatarunConnection(scripted.Url, new ConnectionOptions { TimeProvider = time }).ImportUsersAsync([Row("some.one")], cancellationToken: Stop));

        Assert.Equal("created", results.Single().Status);
        Assert.Equal([TimeSpan.FromSeconds(1)], time.Waits());
    }

    private static UserImportRow Row(string username) => new() { Username = username, Fullname = "Some One", PasswordHash = new Secret(Django) };

    private static string NewPrefix() => $"import{Interlocked.Increment(ref prefixes)}x";

    private static void Note(List<RequestReport> reports, RequestReport report)
    {
        lock (reports)
        {
            reports.Add(report);
        }
    }

    private static async Task<List<UserImportResult>> ListAsync(IAsyncEnumerable<UserImportResult> results)
    {
        var list = new List<UserImportResult>();
        await foreach (var result in results)
        {
            list.Add(result);
        }

        return list;
    }
}
