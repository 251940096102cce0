using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>What the tests of refresh share: a user who can go on, and what the store and the audit log say of it.</summary>
internal static class Refreshing
{
    public const string Password = "Sunny.Day.0123456";

    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static async Task<(TestServer Server, TestCaller Admin, JsonElement John)> StartAsync(Action<MedatarunServerOptions>? configure = null)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync(configure: configure);
        await admin.CreateUserAsync("john.doe", Password);
        return (server, admin, await server.SignInOfflineAsync("john.doe", Password));
    }

    public static IReadOnlyList<string> Records(TestServer server) => Database.Rows(
        server,
        "SELECT COALESCE(target, '-') || ' ' || outcome FROM audit_events WHERE operation = 'auth/token_refresh' ORDER BY sequence");

    public static string Count(TestServer server, string what) => Database.Text(server, $"SELECT COUNT(*) FROM refresh_tokens WHERE {what}");

    public static async Task<JsonElement> OnlySessionAsync(TestServer server, JsonElement signedIn) =>
        (await server.As(signedIn).CallAsync("session_list")).Ok().GetProperty("items").EnumerateArray().Single();
}
