using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tests;

public sealed class TokenTests
{
    [Fact]
    public async Task The_published_key_verifies_a_token_without_any_code_of_ours()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var parts = admin.Token.Split('.');
        var kid = Header(admin.Token)["kid"]!.GetValue<string>();

        var key = (await server.Anonymous.GetAsync("/auth/jwks.json")).Ok().GetProperty("keys").EnumerateArray()
            .Single(candidate => candidate.GetProperty("kid").GetString() == kid);

        Assert.False(key.TryGetProperty("d", out var _));
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Base64UrlEncoder.DecodeBytes(key.GetProperty("x").GetString()),
                Y = Base64UrlEncoder.DecodeBytes(key.GetProperty("y").GetString()),
            },
        });
        Assert.True(ecdsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64UrlEncoder.DecodeBytes(parts[2]), HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task The_key_and_its_tokens_survive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("medatarun-test-").FullName;
        string token;
        await using (var first = await TestServer.StartAsync(folder))
        {
            token = (await first.BootstrapAsync()).Token;
        }

        await using (var second = await TestServer.StartAsync(folder))
        {
            (await second.As(token).CallAsync("whoami")).Ok();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Whoever_is_in_hundreds_of_groups_and_has_the_longest_of_names_gets_a_token_that_is_accepted()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe");
        var fullname = string.Concat(Enumerable.Repeat("𐐷", 200));
        var email = new string('é', 242) + "@example.com";
        (await admin.CallAsync("user_update", new { username = "john.doe", fullname, email })).Ok();
        for (var number = 0; number < 300; number++)
        {
            var groupRef = $"{new string('x', 60)}-{number:000}";
            (await admin.CallAsync("group_create", new { key = groupRef })).Ok();
            (await admin.CallAsync("group_add_member", new { groupRef, username = "john.doe" })).Ok();
        }

        var john = await server.SignInAsync("john.doe", "Sunny.Day.0123456");

        Assert.InRange(john.Token.Length, 8 * 1024, 16 * 1024);
        Assert.Equal(300, (await john.CallAsync("whoami")).Ok().GetProperty("groups").GetArrayLength());
        Assert.InRange(Payload(john.Token)["groups"]!.AsArray().Count, 50, 299);
    }

    [Fact]
    public async Task A_token_is_refused_as_expired_from_its_last_second_on_also_when_it_was_accepted_before()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        server.Clock.Advance(TimeSpan.FromSeconds(3599));
        (await admin.CallAsync("whoami")).Ok();

        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var refused = await admin.CallAsync("whoami");
        refused.Refused(401, "token_expired");
        Assert.Contains("token expired", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_tokens_are_refused_whatever_their_shape()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var publicKey = (await server.Anonymous.GetAsync("/auth/jwks.json")).Body;
        var shapes = Forgeries(admin.Token, publicKey).ToList();
        Assert.True(shapes.Count >= 80, $"{shapes.Count} shapes");

        foreach (var (name, token) in shapes)
        {
            var answer = await server.As(token).CallAsync("whoami");
            Assert.True(answer is { Status: 401, Code: "invalid_token" or "token_expired" }, $"{name}: {answer.Status} {answer.Body}");
        }

        (await admin.CallAsync("whoami")).Ok();
        Assert.DoesNotContain("Unexpected fault", server.Log.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Token)> Forgeries(string good, string publicKey)
    {
        var parts = good.Split('.');
        using var attacker = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        string Sign(JsonNode header, JsonNode payload) => SignText(header.ToJsonString(), payload.ToJsonString());
        string SignText(string header, string payload)
        {
            var input = $"{Encode(header)}.{Encode(payload)}";
            return $"{input}.{Base64UrlEncoder.Encode(attacker.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256))}";
        }

        // Headers of the attacker's choice over the true claims, under the true signature, none, and the attacker's.
        (string, object?)[] headerChanges =
        [
            ("alg", "none"), ("alg", "None"), ("alg", "nOnE"), ("alg", ""), ("alg", null), ("alg", 5), ("alg", "HS256"), ("alg", "HS512"),
            ("alg", "RS256"), ("alg", "PS256"), ("alg", "ES384"), ("alg", "ES512"), ("alg", "ES256K"), ("alg", "EdDSA"), ("alg", "dir"),
            ("typ", "JWT"), ("typ", "at+JWT2"), ("typ", null), ("typ", "refresh"), ("kid", null), ("kid", ""), ("kid", "../../etc/passwd"),
            ("kid", "' OR '1'='1"), ("kid", "/dev/null"), ("jku", "http://127.0.0.1:1/keys"), ("x5u", "http://127.0.0.1:1/cert"),
            ("jwk", new { kty = "EC" }), ("x5c", new[] { "MIIB" }), ("crit", new[] { "exp" }), ("zip", "DEF"), ("cty", "JWT"), ("b64", false),
        ];
        foreach (var (member, value) in headerChanges)
        {
            var header = Header(good);
            header[member] = JsonSerializer.SerializeToNode(value);
            yield return ($"header {member}={value}, true signature", $"{Encode(header.ToJsonString())}.{parts[1]}.{parts[2]}");
            yield return ($"header {member}={value}, no signature", $"{Encode(header.ToJsonString())}.{parts[1]}.");
            yield return ($"header {member}={value}, attacker's signature", Sign(header, Payload(good)));
        }

        // HMAC with what is public as the key; RSA.
        foreach (var key in new[] { publicKey, Header(good)["kid"]!.GetValue<string>(), "", "secret" })
        {
            var header = Header(good);
            header["alg"] = "HS256";
            var input = $"{Encode(header.ToJsonString())}.{parts[1]}";
            yield return ("HMAC with a public key", $"{input}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes(input)))}");
        }

        var rsaHeader = Header(good);
        rsaHeader["alg"] = "RS256";
        var rsaInput = $"{Encode(rsaHeader.ToJsonString())}.{parts[1]}";
        yield return ("RSA", $"{rsaInput}.{Base64UrlEncoder.Encode(rsa.SignData(Encoding.ASCII.GetBytes(rsaInput), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}");

        // Claims of the attacker's choice.
        (string, object?)[] claimChanges =
        [
            ("iss", "urn:evil"), ("iss", null), ("aud", "other"), ("aud", null), ("exp", 99999999999L), ("exp", null), ("exp", "never"),
            ("sub", Guid.NewGuid().ToString()), ("sid", Guid.NewGuid().ToString()), ("sid", null), ("sid", "x"), ("role", "admin2"), ("nbf", 99999999999L),
        ];
        foreach (var (claim, value) in claimChanges)
        {
            var payload = Payload(good);
            payload[claim] = JsonSerializer.SerializeToNode(value);
            yield return ($"claim {claim}={value}, true signature", $"{parts[0]}.{Encode(payload.ToJsonString())}.{parts[2]}");
            yield return ($"claim {claim}={value}, attacker's signature", Sign(Header(good), payload));
        }

        // Signatures.
        var signature = Base64UrlEncoder.DecodeBytes(parts[2]);
        yield return ("r=s=0", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(new byte[64])}");
        yield return ("all ones", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(Enumerable.Repeat((byte)255, 64).ToArray())}");
        yield return ("short", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(signature[..32])}");
        yield return ("long", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode([.. signature, 0])}");
        yield return ("flipped bit", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode([(byte)(signature[0] ^ 1), .. signature[1..]])}");
        yield return ("swapped halves", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode([.. signature[32..], .. signature[..32]])}");
        using var derKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        yield return ("DER", $"{parts[0]}.{parts[1]}.{Base64UrlEncoder.Encode(derKey.SignData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))}");

        // Not tokens at all, or nearly.
        yield return ("empty", "");
        yield return ("one part", "abc");
        yield return ("two parts", $"{parts[0]}.{parts[1]}");
        yield return ("four parts", $"{good}.x");
        yield return ("five parts", "a.b.c.d.e");
        yield return ("dots", "..");
        yield return ("not base64", "!!!.???.***");
        yield return ("not JSON", $"{Encode("x")}.{Encode("y")}.{parts[2]}");
        yield return ("arrays", $"{Encode("[]")}.{Encode("[]")}.{parts[2]}");
        yield return ("empty objects", $"{Encode("{}")}.{Encode("{}")}.{parts[2]}");
        yield return ("deep", $"{Encode(new string('[', 5000))}.{parts[1]}.{parts[2]}");
        yield return ("oversize", $"{parts[0]}.{Encode($$"""{"x":"{{new string('x', 15_000)}}"}""")}.{parts[2]}");
        yield return ("duplicate claim", SignText(Header(good).ToJsonString(), Payload(good).ToJsonString().Replace("{", "{\"sub\":\"x\",", StringComparison.Ordinal)));
        yield return ("duplicate header", $"{Encode(Header(good).ToJsonString().Replace("{", "{\"alg\":\"none\",", StringComparison.Ordinal))}.{parts[1]}.{parts[2]}");
        yield return ("header and payload swapped", $"{parts[1]}.{parts[0]}.{parts[2]}");
        yield return ("padding", $"{parts[0]}==.{parts[1]}.{parts[2]}");
    }

    private static JsonNode Header(string token) => JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[0]))!;

    private static JsonNode Payload(string token) => JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]))!;

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);
}
