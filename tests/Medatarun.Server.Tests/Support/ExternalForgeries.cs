using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tests.Support;

/// <summary>Tokens that look like those of an issuer that takes RS256 and ES256 for 'medatarun', and must be refused.</summary>
internal sealed class ExternalForgeries(TestIssuer issuer, TestKey elliptic, DateTimeOffset now)
{
    private readonly TestKey attacker = TestKey.Rsa("one");

    public IEnumerable<(string Name, string Token)> All() =>
        [.. Headers(), .. Keys(), .. Claims(), .. SignedNonsense(), .. Signatures(), .. Texts()];

    // Headers that the issuer itself signed, and the attacker.
    private IEnumerable<(string, string)> Headers()
    {
        (string, object?)[] changes =
        [
            ("alg", "none"), ("alg", "None"), ("alg", ""), ("alg", null), ("alg", 5), ("alg", new[] { "RS256" }), ("alg", "rs256"), ("alg", "HS256"),
            ("alg", "RS384"), ("alg", "RS512"), ("alg", "PS256"), ("alg", "ES256"), ("alg", "ES384"), ("alg", "ES512"), ("alg", "EdDSA"),
            ("alg", "RSA-OAEP"), ("alg", "dir"),
            ("typ", "logout+jwt"), ("typ", "dpop+jwt"), ("typ", "secevent+jwt"), ("typ", "refresh"), ("typ", ""), ("typ", 5), ("typ", "JWT "),
            ("kid", "two"), ("kid", ""), ("kid", null), ("kid", 1), ("kid", "ONE"), ("kid", "../../etc/passwd"), ("kid", "' OR '1'='1"), ("kid", "one\u0000"),
            ("crit", new[] { "exp" }), ("crit", Array.Empty<string>()), ("crit", null),
        ];
        foreach (var (member, value) in changes)
        {
            var header = issuer.Key.Header();
            header[member] = JsonSerializer.SerializeToNode(value);
            yield return ($"header {member}={JsonSerializer.Serialize(value)}", issuer.Key.Sign(Good(), header));
        }

        // Keys that the token brings along are never looked at.
        (string, object?)[] brought =
        [
            ("jku", "http://127.0.0.1:1/keys"), ("x5u", "http://127.0.0.1:1/certificate"), ("jwk", attacker.Jwk), ("x5c", new[] { "MIIB" }), ("x5t", "x"),
        ];
        foreach (var (member, value) in brought)
        {
            var header = attacker.Header();
            header[member] = value is JsonNode node ? node.DeepClone() : JsonSerializer.SerializeToNode(value);
            yield return ($"header brings {member}", attacker.Sign(Good(), header));
            header.Remove("kid");
            yield return ($"header brings {member} and names no key", attacker.Sign(Good(), header));
        }
    }

    private IEnumerable<(string, string)> Keys()
    {
        yield return ("another key of the same id", attacker.Sign(Good()));
        yield return ("another key of another id", TestKey.Rsa("other").Sign(Good()));
        yield return ("a key of the other type under this id", TestKey.Ec("one").Sign(Good()));
        yield return ("the RSA key's id with ES256", elliptic.Sign(Good(), Header("ES256", "one")));
        yield return ("the elliptic key's id with RS256", issuer.Key.Sign(Good(), Header("RS256", "ec")));
        yield return ("an elliptic key of another curve", TestKey.Ec("ec", "ES384").Sign(Good(), Header("ES256", "ec")));
        foreach (var secret in new[] { issuer.KeySet(), issuer.Key.Jwk.ToJsonString(), issuer.Key.Jwk["n"]!.GetValue<string>(), "one", "", "secret" })
        {
            foreach (var algorithm in new[] { "HS256", "RS256" })
            {
                var input = $"{TestKey.Encode(Header(algorithm, "one").ToJsonString())}.{TestKey.Encode(Good().ToJsonString())}";
                yield return (
                    $"{algorithm}, an HMAC with what is public",
                    $"{input}.{TestKey.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)))}");
            }
        }
    }

    // What the issuer signed, and should not have.
    private IEnumerable<(string, string)> Claims()
    {
        (string, object?)[] changes =
        [
            ("iss", issuer.Address + "/"), ("iss", issuer.Address.ToUpperInvariant()), ("iss", ""), ("iss", null), ("iss", 5),
            ("iss", new[] { issuer.Address }), ("iss", "urn:evil"), ("iss", "urn:medatarun:internal"), ("iss", "' OR '1'='1"), ("iss", issuer.Address + "\u0000"),
            ("aud", "other"), ("aud", new[] { "other", "MEDATARUN" }), ("aud", ""), ("aud", null), ("aud", 5), ("aud", Array.Empty<string>()),
            ("aud", new object[] { "medatarun", 5 }), ("aud", new { medatarun = true }), ("aud", "medatarun "),
            ("sub", ""), ("sub", null), ("sub", 5), ("sub", new[] { "somebody" }), ("sub", new string('x', 256)), ("sub", "some\nbody"),
            ("sub", "some\u202ebody"), ("sub", "\u0000"), ("sub", "some\u2028body"), ("sub", "some\U000E0001body"),
            ("exp", null), ("exp", "never"), ("exp", "9999999999"), ("exp", true), ("exp", 1e300), ("exp", -1), ("exp", 0), ("exp", 99999999999999999L),
            ("exp", now.AddSeconds(-31).ToUnixTimeSeconds()), ("exp", now.AddYears(-50).ToUnixTimeSeconds()),
            ("nbf", now.AddSeconds(31).ToUnixTimeSeconds()), ("nbf", "now"), ("nbf", null), ("nbf", -5), ("nbf", 1e300),
            ("iat", now.AddSeconds(31).ToUnixTimeSeconds()), ("iat", "now"), ("iat", 99999999999999999L),
            ("cnf", new { jkt = "x" }), ("cnf", null),
        ];
        foreach (var (claim, value) in changes)
        {
            var claims = Good();
            claims[claim] = JsonSerializer.SerializeToNode(value);
            yield return ($"claim {claim}={JsonSerializer.Serialize(value)}", issuer.Key.Sign(claims));
        }

        foreach (var claim in new[] { "iss", "sub", "aud", "exp" })
        {
            var claims = Good();
            claims.Remove(claim);
            yield return ($"no {claim}", issuer.Key.Sign(claims));
        }
    }

    // Signed by the issuer, and not to be read in one way only.
    private IEnumerable<(string, string)> SignedNonsense()
    {
        var header = issuer.Key.Header().ToJsonString();
        var claims = Good().ToJsonString();
        string With(string text, string first) => text.Replace("{", "{" + first, StringComparison.Ordinal);
        yield return ("a claim twice", issuer.Key.SignText(header, With(claims, "\"sub\":\"admin\",")));
        yield return ("a claim twice, escaped", issuer.Key.SignText(header, With(claims, "\"s\\u0075b\":\"admin\",")));
        yield return ("a claim twice, deeper", issuer.Key.SignText(header, With(claims, "\"x\":{\"a\":1,\"a\":2},")));
        yield return ("a header member twice", issuer.Key.SignText(With(header, "\"alg\":\"none\","), claims));
        yield return ("half of a surrogate pair", issuer.Key.SignText(header, With(claims, "\"name\":\"\\ud800\",")));
        yield return ("half of a surrogate pair as a name", issuer.Key.SignText(header, With(claims, "\"\\udc00\":1,")));
        yield return ("half of a surrogate pair in the subject", issuer.Key.SignText(header, claims.Replace("somebody", "\\ud800", StringComparison.Ordinal)));
        yield return ("half of a surrogate pair in the header", issuer.Key.SignText(With(header, "\"x\":\"\\ud800\","), claims));
        yield return ("no UTF-8", issuer.Key.SignBytes(Encoding.UTF8.GetBytes(header), [.. Encoding.UTF8.GetBytes(claims[..^1] + ",\"x\":\""), 0xff, (byte)'"', (byte)'}']));
        yield return ("UTF-16", issuer.Key.SignBytes(Encoding.UTF8.GetBytes(header), Encoding.Unicode.GetBytes(claims)));
        yield return ("a byte order mark", issuer.Key.SignText(header, "\ufeff" + claims));
        yield return ("a comment", issuer.Key.SignText(header, "/**/" + claims));
        yield return ("a comma too many", issuer.Key.SignText(header, claims[..^1] + ",}"));
        yield return ("something behind", issuer.Key.SignText(header, claims + "{}"));
        yield return ("deep", issuer.Key.SignText(header, With(claims, $"\"x\":{new string('[', 100)}{new string(']', 100)},")));
        yield return ("a list", issuer.Key.SignText(header, $"[{claims}]"));
        yield return ("a text", issuer.Key.SignText(header, "\"x\""));
        yield return ("null", issuer.Key.SignText(header, "null"));
        yield return ("nothing", issuer.Key.SignText(header, ""));
        yield return ("no header", issuer.Key.SignText("", claims));
        yield return ("a list as header", issuer.Key.SignText("[]", claims));
        yield return ("empty objects", issuer.Key.SignText("{}", "{}"));
        yield return ("oversize", issuer.Key.SignText(header, With(claims, $"\"x\":\"{new string('x', 13_000)}\",")));
        yield return ("padding", issuer.Key.SignParts(TestKey.Encode(header) + "=", TestKey.Encode(claims)));
        yield return ("base64 of the other alphabet", issuer.Key.SignParts(TestKey.Encode(header), Convert.ToBase64String(Encoding.UTF8.GetBytes(With(claims, "\"x\":\"~~~???ÿÿ\",")))));
    }

    private IEnumerable<(string, string)> Signatures()
    {
        var parts = issuer.Key.Sign(Good()).Split('.');
        var signature = Base64UrlEncoder.DecodeBytes(parts[2]);
        string Over(byte[] bytes) => $"{parts[0]}.{parts[1]}.{TestKey.Encode(bytes)}";
        yield return ("no signature", $"{parts[0]}.{parts[1]}.");
        yield return ("a flipped bit", Over([(byte)(signature[0] ^ 1), .. signature[1..]]));
        yield return ("zeros", Over(new byte[signature.Length]));
        yield return ("one", Over([.. new byte[signature.Length - 1], 1]));
        yield return ("short", Over(signature[..^1]));
        yield return ("long", Over([.. signature, 0]));
        yield return ("a zero before", Over([0, .. signature]));
        yield return ("of other claims", $"{parts[0]}.{TestKey.Encode(Good("admin").ToJsonString())}.{parts[2]}");
        yield return ("of another header", $"{TestKey.Encode("""{"alg":"RS256","kid":"one"}""")}.{parts[1]}.{parts[2]}");
        yield return ("parts swapped", $"{parts[1]}.{parts[0]}.{parts[2]}");

        var curve = elliptic.Sign(Good()).Split('.');
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("r=s=0", new byte[64]), ("all ones", [.. Enumerable.Repeat((byte)255, 64)]), ("r=0", [.. new byte[32], .. Base64UrlEncoder.DecodeBytes(curve[2])[32..]]),
            ("empty", []), ("half", Base64UrlEncoder.DecodeBytes(curve[2])[..32]),
            ("swapped", [.. Base64UrlEncoder.DecodeBytes(curve[2])[32..], .. Base64UrlEncoder.DecodeBytes(curve[2])[..32]]),
            ("DER of zeros", [0x30, 6, 2, 1, 0, 2, 1, 0]),
        })
        {
            yield return ($"ES256, {name}", $"{curve[0]}.{curve[1]}.{TestKey.Encode(bytes)}");
        }
    }

    private IEnumerable<(string, string)> Texts()
    {
        var good = issuer.Key.Sign(Good());
        var parts = good.Split('.');
        foreach (var text in new[]
        {
            "", "x", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d.e", "!!!.???.***", "mda_x", "null", good + ".x", good + "=", good + ".", "." + good, "Bearer " + good,
            good[..^1], good[1..], good + "A", $"{parts[0]}.{parts[1]}", $"{parts[0]}..{parts[2]}", $".{parts[1]}.{parts[2]}", new string('.', 5000), new string('a', 20_000),
        })
        {
            yield return ($"text {text[..Math.Min(text.Length, 12)]} ({text.Length})", text);
        }
    }

    private JsonObject Good(string subject = "somebody") => issuer.Claims(now, subject);

    private static JsonObject Header(string algorithm, string kid) => new() { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = kid };
}
