using System.Text.Json.Nodes;
using Medatarun.Server.External;
using Medatarun.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Tests;

public sealed class ExternalDiagnosisTests
{
    [Fact]
    public async Task Of_a_good_token_every_step_is_told()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();

        var diagnosis = await DiagnoseAsync(server, issuer.Token(server));

        Assert.Equal(
            ["format", "issuer", "algorithm", "key", "signature", "type", "audience", "subject", "time"],
            diagnosis.Checks.Select(check => check.Check));
        Assert.All(diagnosis.Checks, check => Assert.True(check.Passed, check.Detail));
        Assert.Equal(issuer.Address, diagnosis.Issuer!.Issuer);
        Assert.Equal("somebody", diagnosis.Outcome.Value!.Subject);
    }

    [Fact]
    public async Task The_reason_of_a_refusal_is_the_last_step_that_is_told_and_names_what_was_found_and_what_is_taken()
    {
        await using var issuer = await TestIssuer.StartAsync();
        issuer.Published.Add(TestKey.Ec("ec").Jwk);
        await using var server = await issuer.TrustingServerAsync();
        await using var disabled = await TestIssuer.StartAsync();
        await disabled.TrustAsync(server, trusted => trusted with { DisabledAt = server.Clock.GetUtcNow() });
        var now = server.Clock.GetUtcNow();
        string With(string claim, JsonNode? value)
        {
            var claims = issuer.Claims(now);
            claims[claim] = value;
            return issuer.Key.Sign(claims);
        }

        string Headed(string member, string value)
        {
            var header = issuer.Key.Header();
            header[member] = value;
            return issuer.Key.Sign(issuer.Claims(now), header);
        }

        foreach (var (token, check, detail) in new (string, string, string)[]
        {
            ("mda_x", "format", "three parts"),
            ("!.!.!", "format", "base64url"),
            (new string('x', 20_000), "format", "16 KiB"),
            (issuer.Key.SignText("{}", "{}"), "format", "'alg'"),
            (Headed("crit", "x"), "format", "'crit'"),
            (With("exp", "never"), "format", "'exp'"),
            (With("iss", "https://other.example"), "issuer", "'https://other.example'"),
            (With("iss", "urn:medatarun:internal"), "issuer", "this server itself"),
            (disabled.Token(server), "issuer", "disabled"),
            (Headed("alg", "ES512"), "algorithm", "'ES512', and the issuer takes 'RS256'"),
            (Headed("kid", "two"), "key", "no key 'two': it has 'one', 'ec'"),
            (Headed("kid", "ec"), "key", "'ec' of the issuer is not for 'RS256'"),
            (TestKey.Rsa("one").Sign(issuer.Claims(now)), "signature", "not signed with the key 'one'"),
            (Headed("typ", "logout+jwt"), "type", "'logout+jwt'"),
            (With("cnf", new JsonObject { ["jkt"] = "x" }), "type", "'cnf'"),
            (With("aud", "x"), "audience", "The token is for 'x', and the issuer takes 'medatarun'."),
            (With("aud", new JsonArray("x", "y\u001b[31m")), "audience", @"for 'x', 'y\u001b[31m'"),
            (With("sub", "a\u202eb"), "subject", @"'a\u202eb'"),
            (With("sub", new string('x', 256)), "subject", "1 to 255"),
            (With("exp", now.AddHours(-1).ToUnixTimeSeconds()), "time", "ended at 2026-11-22 09:00:00Z, and here it is 2026-11-22 10:00:00Z"),
            (With("nbf", now.AddHours(1).ToUnixTimeSeconds()), "time", "begins at 2026-11-22 11:00:00Z"),
            (With("iat", now.AddHours(1).ToUnixTimeSeconds()), "time", "compare the clocks"),
        })
        {
            var diagnosis = await DiagnoseAsync(server, token);

            var last = diagnosis.Checks[^1];
            Assert.True((last.Check, last.Passed) == (check, false), $"{check}: {last}");
            Assert.Contains(detail, last.Detail, StringComparison.Ordinal);
            Assert.All(diagnosis.Checks.SkipLast(1), one => Assert.True(one.Passed, one.Detail));
            Assert.True(diagnosis.Outcome.Failed(out var problem, out _));
            Assert.Equal((await server.As(token).CallAsync("whoami")).Code, problem.Definition.Code);
            var told = string.Join('\n', diagnosis.Checks.Select(one => one.Detail));
            Assert.DoesNotContain(told, character => char.IsControl(character) && character != '\n');
            Assert.All(token.Split('.').Where(part => part.Length > 10), part => Assert.DoesNotContain(part, told, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Why_the_keys_cannot_be_fetched_is_told()
    {
        await using var issuer = await TestIssuer.StartAsync();
        await using var server = await issuer.TrustingServerAsync();
        issuer.Misbehave = context => TestIssuer.WriteAsync(context, "<html>");

        var diagnosis = await DiagnoseAsync(server, issuer.Token(server));

        Assert.Equal(("key", false), (diagnosis.Checks[^1].Check, diagnosis.Checks[^1].Passed));
        Assert.Contains("no JSON object", diagnosis.Checks[^1].Detail, StringComparison.Ordinal);
        Assert.Equal("issuer_unavailable", diagnosis.Outcome.Problem!.Definition.Code);
    }

    private static ValueTask<ExternalDiagnosis> DiagnoseAsync(TestServer server, string token) =>
        server.Services.GetRequiredService<ExternalTokenVerifier>().DiagnoseAsync(token, server.Clock.GetUtcNow());
}
