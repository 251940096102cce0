using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>A sign-in that can be refreshed, and its refreshes.</summary>
internal static class OfflineSignIn
{
    /// <summary>Signs in and returns the whole answer, a refresh token in it.</summary>
    public static async Task<JsonElement> SignInOfflineAsync(this TestServer server, string username, string password) =>
        (await server.Anonymous.CallAsync("login", new { username, password, offline_access = true })).Ok();

    public static Task<TestAnswer> RefreshAsync(this TestServer server, string refreshToken) =>
        server.Anonymous.CallAsync("token_refresh", new { refresh_token = refreshToken });

    public static Task<TestAnswer> RefreshAsync(this TestServer server, JsonElement signedIn) => server.RefreshAsync(signedIn.RefreshToken());

    public static string RefreshToken(this JsonElement signedIn) => signedIn.GetProperty("refresh_token").GetString()!;

    public static string AccessToken(this JsonElement signedIn) => signedIn.GetProperty("access_token").GetString()!;

    /// <summary>A caller with the access token of an answer.</summary>
    public static TestCaller As(this TestServer server, JsonElement signedIn) => server.As(signedIn.AccessToken());
}
