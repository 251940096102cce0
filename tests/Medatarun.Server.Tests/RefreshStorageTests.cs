using Medatarun.Server.Tests.Support;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;
using static Medatarun.Server.Tests.Support.Refreshing;

namespace Medatarun.Server.Tests;

public sealed class RefreshStorageTests
{
    [Fact]
    public async Task What_was_never_issued_is_refused_without_a_record_or_a_write()
    {
        var (server, admin, john) = await StartAsync();
        await using var __ = server;
        var before = Database.Text(server, "SELECT COUNT(*) FROM audit_events");
        string[] tokens =
        [
            "x", "mdr_", john.RefreshToken()[..^1], john.RefreshToken() + "0", john.RefreshToken().ToUpperInvariant(), john.AccessToken(), admin.Token,
            OpaqueToken.Create(new RandomSource(), OpaqueToken.RefreshPrefix).Reveal(), OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal(),
            "\u0000", "' OR 1=1 --", new string('m', 60_000),
        ];

        foreach (var token in tokens)
        {
            (await server.RefreshAsync(token)).Refused(400, "invalid_grant");
        }

        Assert.Equal(before, Database.Text(server, "SELECT COUNT(*) FROM audit_events"));
        (await server.RefreshAsync(john)).Ok();
    }

    [Fact]
    public async Task Stored_answers_are_sealed_and_forgotten_after_the_grace()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var sweep = server.Services.GetRequiredService<RefreshAnswerSweep>();
        var refreshed = (await server.RefreshAsync(john)).Ok();
        var sealedAnswer = Database.Text(server, "SELECT answer FROM refresh_tokens WHERE used_at IS NOT NULL");
        Assert.Contains(refreshed.RefreshToken(), System.Text.Encoding.UTF8.GetString(SealedAnswer.Open(john.RefreshToken(), sealedAnswer)), StringComparison.Ordinal);
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => SealedAnswer.Open(refreshed.RefreshToken(), sealedAnswer));
        server.Clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, await sweep.SweepAsync());

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, await sweep.SweepAsync());
        Assert.Equal("0", Count(server, "answer IS NOT NULL"));
    }

    [Fact]
    public async Task A_start_forgets_answers_that_a_crash_left_behind()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        await using (var server = await TestServer.StartAsync(folder))
        {
            await server.BootstrapAsync();
            await server.RefreshAsync(await server.SignInOfflineAsync(TestServer.AdminName, TestServer.AdminPassword));
            Assert.Equal("1", Count(server, "answer IS NOT NULL"));
        }

        Database.Change(Path.Combine(folder, "medatarun.db"), "UPDATE refresh_tokens SET used_at = used_at - 30000 WHERE used_at IS NOT NULL");
        await using (var server = await TestServer.StartAsync(folder))
        {
            Assert.Equal("0", Count(server, "answer IS NOT NULL"));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Who_waited_so_long_that_the_answer_is_gone_is_refused_and_not_signed_out()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        Database.Change(server.DatabaseFile, "UPDATE refresh_tokens SET answer = NULL");

        (await server.RefreshAsync(john)).Refused(400, "invalid_grant");

        (await server.As(refreshed).CallAsync("whoami")).Ok();
        (await server.RefreshAsync(refreshed)).Ok();
    }

    [Fact]
    public async Task No_token_is_found_in_database_write_ahead_log_or_log()
    {
        var (server, _, john) = await StartAsync();
        await using var __ = server;
        var refreshed = (await server.RefreshAsync(john)).Ok();
        await server.RefreshAsync(john);
        await server.RefreshAsync(john.RefreshToken() + "0");
        string[] secrets =
        [
            .. new[] { john, refreshed }.SelectMany(answer =>
                new[] { answer.RefreshToken(), answer.RefreshToken()[4..], answer.AccessToken(), answer.AccessToken().Split('.')[1], answer.AccessToken().Split('.')[2] }),
        ];

        var files = Directory.GetFiles(server.Folder);

        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (var text in files.Select(ReadShared).Append(server.Log.Text))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
