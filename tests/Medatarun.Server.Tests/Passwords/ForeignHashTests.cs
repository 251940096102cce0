using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Foreign;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.Passwords;

/// <summary>
/// Hashes of other systems. The vectors were computed by OpenSSL's PBKDF2 (Python's hashlib.pbkdf2_hmac) over the password below, with
/// the salt 01 02 … 10 but for Django, and put into each system's form by hand.
/// </summary>
public sealed class ForeignHashTests
{
    private const string Password = "Correct.Horse.42";

    public static TheoryData<string, string> Vectors => new()
    {
        { "this product", "$pbkdf2-sha512$i=1000$AQIDBAUGBwgJCgsMDQ4PEA==$VXzKxtedVNphTFQ7xeTMzGQcpmwoJd/noVfJn7BoTjfV18lOUPIvEuEO86S14gIV9dExydjqjqfTw8ssaheAsQ==" },
        { "ASP.NET Core Identity v2", "AAECAwQFBgcICQoLDA0ODxC98+n+ZVyAvqSwPoGP+JDPnsD8QipXPmAVgHttl/v+2w==" },
        { "ASP.NET Core Identity v3, SHA-1", "AQAAAAAAAAfQAAAAEAECAwQFBgcICQoLDA0ODxDUXuHRd7qP18ck6IXBiypO7YNzXPR+EENSkfqGgk7DGQ==" },
        { "ASP.NET Core Identity v3, SHA-256", "AQAAAAEAACcQAAAAEAECAwQFBgcICQoLDA0ODxDEo81l1LZjCHDzrolJc9m6aJQfd66EdUPkgPp3NP5NWw==" },
        { "ASP.NET Core Identity v3, SHA-512", "AQAAAAIAAAfQAAAAEAECAwQFBgcICQoLDA0ODxAqYYifUd30xOKpLb65/IXYRi+dfvd/6uk+E4B3KBm5lg==" },
        { "Django, SHA-256", "pbkdf2_sha256$2600$seasalt2Aq9$0/fpBb64AFU53/jS0X2DIfSC+3yF5ebVQsId7jZd9RY=" },
        { "Django, SHA-1", "pbkdf2_sha1$2600$seasalt2Aq9$mKz03+p1hR+CxiUXj49Y2MiASrg=" },
        { "Keycloak, SHA-256", Keycloak("pbkdf2-sha256", "ta071TSKzmuVGkirTN+F9CtIDQ6zY7iybCpjOUWLUAYtzcsu5YnZ65WUJk2EUjFJhQZD+kN+y6to5Db8sEN6pw==") },
        { "Keycloak, SHA-512", Keycloak("pbkdf2-sha512", "R6dhbzYxrGwaPvEmX4ziBvm8zDNpiVZ65OX0lLYaxr2RIXKZrcfyaIQ7XWUNswI00BjmgrkGTDHL3G2J9TpTxw==") },
        { "Keycloak, SHA-1", Keycloak("pbkdf2", "U63VQ2n9GSu6r/dOwLHrPlbeoto=") },
        { "the original Medatarun", "3100:AQIDBAUGBwgJCgsMDQ4PEA==:f0oZ6AB9KDLLao7hMfgHogwW0FxSkGzS2lSoDSevKwY=" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task A_hash_of_another_system_lets_its_password_in_and_no_other_and_is_upgraded(string from, string hash)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(iterations: 20_000);
        await using var _ = server;
        var made = await admin.ImportAsync(Importing.Lines(new { username = "jo.doe", fullname = from.Replace('#', ' '), password_hash = hash }));
        Assert.Equal("created", made.Results().Single().Outcome());
        var stored = Database.Text(server, "SELECT password_hash FROM users WHERE username = 'jo.doe'");
        Assert.StartsWith("$pbkdf2-sha", stored, StringComparison.Ordinal);

        (await server.Anonymous.CallAsync("login", new { username = "jo.doe", password = Password + "x" })).Refused(401, "bad_credentials");
        Assert.Equal(stored, Database.Text(server, "SELECT password_hash FROM users WHERE username = 'jo.doe'"));
        await server.SignInAsync("jo.doe", Password);

        Assert.StartsWith("$pbkdf2-sha512$i=20000$", Database.Text(server, "SELECT password_hash FROM users WHERE username = 'jo.doe'"), StringComparison.Ordinal);
        await server.SignInAsync("jo.doe", Password);
        (await server.Anonymous.CallAsync("login", new { username = "jo.doe", password = Password + "x" })).Refused(401, "bad_credentials");
    }

    [Fact]
    public void A_password_of_another_script_is_hashed_as_UTF_8()
    {
        var hash = ForeignHash.Parse("3100:AQIDBAUGBwgJCgsMDQ4PEA==:UoD2eIAFwcFUISn8eBjtGjXar5y3kAqw7BLvOZdH6UM=").Value!;

        Assert.True(hash.Matches(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes("Zoë.李小龙.42"), hash.Salt, hash.Iterations, hash.Algorithm, hash.Hash.Length)));
    }

    [Theory]
    [InlineData("$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW", "bcrypt")]
    [InlineData("$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "bcrypt")]
    [InlineData("$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "bcrypt")]
    [InlineData("bcrypt_sha256$$2b$12$EixZaYVK1fsbw1ZfbX3OXe", "bcrypt")]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$aGFzaA", "Argon2")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA", "Argon2")]
    [InlineData("$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD", "scrypt")]
    [InlineData("$1$etNnh7FA$OlM7eljE/B7F1J4XYNnk81", "md5-crypt")]
    [InlineData("$5$rounds=80000$wnsT7Yr92oJoP28r$cKhJImk5mfuSKV9b3mumNzlbstFUplKtQXXMo4G6Ep5", "SHA-256")]
    [InlineData("$6$rounds=5000$usesomesillystri$D4IrlXatmP7rx3P3InaxBeoomnAihCKRVQAr", "SHA-512")]
    [InlineData("{SSHA}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", "{SSHA}")]
    [InlineData("{ssha512}DkMTwBl+a/3DQTxCYEApdUtNXGgdUac3", "{SSHA512}")]
    [InlineData("Summer2026!", "'password'")]
    [InlineData("", "'password'")]
    [InlineData("pbkdf2_sha256$abc$salt$hash", "'password'")]
    public void A_hash_that_cannot_be_verified_is_refused_by_its_name(string hash, string name)
    {
        var problem = ForeignHash.Parse(hash).Problem!;

        Assert.Equal("unsupported_password_hash", problem.Definition.Code);
        Assert.Contains(name, problem.Detail, StringComparison.Ordinal);
        Assert.True(hash.Length < 12 || !problem.Detail.Contains(hash[8..], StringComparison.Ordinal), problem.Detail);
    }

    [Fact]
    public void A_credential_of_Keycloak_with_Argon2_is_refused_by_its_name() =>
        Assert.Contains("Argon2", ForeignHash.Parse(Keycloak("argon2", "AAAA")).Problem!.Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 16, 32, "0 iterations")]
    [InlineData(10_000_001, 16, 32, "10000001 iterations")]
    [InlineData(1, 0, 32, "0 bytes")]
    [InlineData(1, 129, 32, "129 bytes")]
    [InlineData(1, 16, 15, "15 bytes")]
    [InlineData(1, 16, 65, "65 bytes")]
    public void What_costs_or_says_too_much_or_too_little_is_refused(int iterations, int salt, int hash, string reason)
    {
        var problem = ForeignHash.Parse($"{iterations}:{Convert.ToBase64String(new byte[salt])}:{Convert.ToBase64String(new byte[hash])}").Problem!;

        Assert.Equal("unsupported_password_hash", problem.Definition.Code);
        Assert.Contains(reason, problem.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 16)]
    [InlineData(10_000_000, 128, 64)]
    public void What_is_within_the_bounds_is_read_and_stored_and_read_again(int iterations, int salt, int hash)
    {
        var read = ForeignHash.Parse($"{iterations}:{Convert.ToBase64String(new byte[salt])}:{Convert.ToBase64String(new byte[hash])}").Value!;
        var again = PasswordHash.Parse(read.ToStored())!;

        Assert.Equal((iterations, salt, hash, HashAlgorithmName.SHA256), (again.Iterations, again.Salt.Length, again.Hash.Length, again.Algorithm));
    }

    [Fact]
    public void A_hundred_thousand_random_texts_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(20261122);
        string[] seeds = [.. Vectors.Select(row => row.Data.Item2), "$2b$12$", "$argon2id$", "{\"credentialData\":\"\\ud800\"}", ":::", "$$$$$", "{}", "[]", "null"];
        for (var round = 0; round < 100_000; round++)
        {
            var text = Mutate(random, seeds[random.Next(seeds.Length)]);

            var outcome = ForeignHash.Parse(text);

            Assert.True(outcome.Problem is not null || PasswordHash.Parse(outcome.Value!.ToStored()) is { Iterations: >= 1 and <= PasswordHash.MaxIterations }, text);
        }
    }

    private static string Mutate(Random random, string seed)
    {
        var text = new StringBuilder(seed);
        for (var change = random.Next(1, 6); change > 0 && text.Length > 0; change--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, (char)random.Next(0x20, 0x3000));
                    break;
                case 2:
                    text[at] = "${}:=\"\\/09aA\ud800"[random.Next(13)];
                    break;
                default:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 20), text.Length - at)));
                    break;
            }
        }

        return text.ToString();
    }

    private static string Keycloak(string algorithm, string value) => JsonSerializer.Serialize(new
    {
        type = "password",
        secretData = JsonSerializer.Serialize(new { value, salt = "AQIDBAUGBwgJCgsMDQ4PEA==", additionalParameters = new { } }),
        credentialData = JsonSerializer.Serialize(new { hashIterations = 2750, algorithm, additionalParameters = new { } }),
    });
}
