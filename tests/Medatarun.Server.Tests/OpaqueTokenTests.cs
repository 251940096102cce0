using System.Text;
using Medatarun.Server.Tests.Support;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class OpaqueTokenTests
{
    [Fact]
    public void A_token_has_a_prefix_a_checksum_and_more_than_160_random_bits()
    {
        var made = Enumerable.Range(0, 10_000).Select(_ => OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal()).ToList();

        Assert.All(made, token => Assert.Matches("^mda_[0-9A-Za-z]{42}$", token));
        Assert.All(made, token => Assert.True(OpaqueToken.IsWellFormed(token, OpaqueToken.ApiPrefix)));
        Assert.Equal(made.Count, made.Distinct().Count());
        // Every letter and digit is as likely as any other: no bit is lost to the alphabet.
        var counts = made.SelectMany(token => token.Substring(4, 36)).GroupBy(letter => letter).Select(letters => letters.Count()).ToList();
        var expected = made.Count * 36 / 62.0;
        Assert.Equal(62, counts.Count);
        Assert.All(counts, count => Assert.InRange(count, expected * 0.9, expected * 1.1));
        Assert.True(36 * Math.Log2(counts.Count) > 160);
    }

    [Fact]
    public void A_typo_is_told_by_the_checksum()
    {
        var token = OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal();

        Assert.All(Typos(token), typo => Assert.False(OpaqueToken.IsWellFormed(typo, OpaqueToken.ApiPrefix), typo));
        Assert.False(OpaqueToken.IsWellFormed(token, OpaqueToken.RefreshPrefix));
    }

    [Fact]
    public async Task Forged_API_tokens_are_refused_whatever_their_shape()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (id, ci) = await server.ApiTokenAsync(admin);
        var refreshToken = (await server.Anonymous.CallAsync(
                "login", new { username = TestServer.AdminName, password = TestServer.AdminPassword, offline_access = true }))
            .Ok().GetProperty("refresh_token").GetString()!;
        var shapes = Forgeries(ci.Token, id, refreshToken, admin.Token).Concat(Typos(ci.Token)).ToList();
        Assert.Equal(shapes.Distinct(), shapes);
        Assert.True(shapes.Count >= 80, $"{shapes.Count} shapes");

        foreach (var shape in shapes)
        {
            var answer = await server.As(shape).CallAsync("whoami");
            Assert.True(answer is { Status: 401, Code: "invalid_token" }, $"{shape[..Math.Min(60, shape.Length)]}: {answer.Status} {answer.Body}");
        }

        (await ci.CallAsync("whoami")).Ok();
        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mda_")]
    [InlineData("mdr_")]
    [InlineData("")]
    public async Task What_is_longer_than_a_header_may_be_is_refused_before_it_is_read_and_would_be_after(string prefix)
    {
        await using var server = await TestServer.StartAsync();
        var token = prefix + new string('x', 64 * 1024);

        var outcome = await server.Services.GetRequiredService<TokenValidator>().ValidateAsync(new BearerToken(token), server.Clock.GetUtcNow());

        Assert.Equal("invalid_token", outcome.Problem!.Definition.Code);
        // RFC 6585 §5, said by the web server: it takes 32 KiB of headers.
        Assert.Equal(431, (await server.As(token).CallAsync("whoami")).Status);
    }

    private static IEnumerable<string> Forgeries(string good, string id, string refreshToken, string accessToken)
    {
        var body = good["mda_".Length..];
        // With the right checksum, and never issued.
        yield return OpaqueToken.Create(new RandomSource(), OpaqueToken.ApiPrefix).Reveal();
        yield return OpaqueToken.Create(new RandomSource(), OpaqueToken.RefreshPrefix).Reveal();
        yield return OpaqueToken.Create(new RandomSource(), "mda_mda_").Reveal();
        // What is something else.
        yield return refreshToken;
        yield return "mda_" + refreshToken["mdr_".Length..];
        yield return "mda_" + accessToken;
        yield return $"{good}.{accessToken}";
        yield return $"{good},{good}";
        yield return $"{good} {good}";
        yield return $"Bearer {good}";
        yield return id;
        yield return "mda_" + id;
        yield return OpaqueToken.HashOf(good);
        yield return "mda_" + OpaqueToken.HashOf(good);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(good));
        // Prefixes.
        yield return "mda_";
        yield return "mda";
        yield return body;
        yield return "MDA_" + body;
        yield return "mda-" + body;
        yield return "mdb_" + body;
        yield return "mdr_" + body;
        yield return "_" + good;
        // Lengths.
        yield return good[..^1];
        yield return good[..^6];
        yield return good[..25];
        yield return good + "0";
        yield return good + good;
        yield return "mda_" + new string('0', 42);
        yield return "mda_" + new string('0', 41);
        yield return "mda_" + new string('0', 1000);
        yield return "mda_" + new string('A', 30_000);
        // Alphabets.
        yield return "mda_" + new string('-', 42);
        yield return "mda_" + new string('/', 42);
        yield return "mda_' OR '1'='1' OR '1'='1' OR '1'='1' OR '1";
        yield return $"\"{good}\"";
        yield return good + "=";
        yield return good.Replace("_", "%5F", StringComparison.Ordinal);
        yield return good.ToUpperInvariant();
        yield return good.ToLowerInvariant();
        yield return "mda_" + new string('é', 42);
        yield return "mda_" + string.Concat(Enumerable.Repeat("🚀", 21));
        yield return "ｍｄａ_" + body;
        yield return "mdа_" + body;
        yield return good + "\u200b";
        yield return good + "\u202e";
    }

    private static IEnumerable<string> Typos(string good) => Enumerable.Range("mda_".Length, good.Length - "mda_".Length)
        .Select(position => good[..position] + (good[position] == 'x' ? 'y' : 'x') + good[(position + 1)..]);
}
