using System.Globalization;
using System.Text.Json.Nodes;

namespace Medatarun.Client.Tests.Servers;

/// <summary>
/// Signs anybody in as <c>access-0</c> with <c>refresh-0</c>, and exchanges refresh tokens in order: <c>refresh-1</c> after
/// <c>refresh-0</c>. Answers of refreshes, and of what a token gets, can be put in the way.
/// </summary>
internal sealed class RefreshingServer : IAsyncDisposable
{
    private const string Refresh = "/api/auth/token_refresh";

    private readonly ScriptedServer server;

    public RefreshingServer() => server = new ScriptedServer(AnswerAsync);

    public Uri Url => server.Url;

    /// <summary>How many seconds an access token lives. Default: an hour.</summary>
    public int Lifetime { get; set; } = 3600;

    /// <summary>Answers a refresh instead, given its refresh token; null goes the usual way.</summary>
    public Func<string, CancellationToken, Task<string?>>? OnRefresh { get; set; }

    /// <summary>Whether the connection is cut in the place of the next answers to refreshes: so often.</summary>
    public int Cuts { get; set; }

    /// <summary>Access tokens that have expired.</summary>
    public HashSet<string> Expired { get; } = [];

    /// <summary>The refresh tokens that were sent, in order.</summary>
    public IReadOnlyList<string> Refreshes =>
        [.. server.Requests.Where(request => IsFor(request, Refresh)).Select(request => Member(request, "refresh_token"))];

    /// <summary>The access tokens that other requests were sent with, in order.</summary>
    public IReadOnlyList<string> Calls =>
        [.. server.Requests.Where(request => !IsFor(request, Refresh) && !IsFor(request, "/api/auth/login")).Select(Token)];

    /// <summary>Every request.</summary>
    public IReadOnlyList<string> Requests => server.Requests;

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task<string?> AnswerAsync(string request, CancellationToken cancellationToken)
    {
        if (IsFor(request, "/api/auth/login"))
        {
            return SignedIn(0);
        }

        if (!IsFor(request, Refresh))
        {
            return Expired.Contains(Token(request)) ? ScriptedServer.Problem(401, "token_expired") : ScriptedServer.Ok("""{"status":"ok"}""");
        }

        if (Cuts > 0)
        {
            Cuts--;
            return null;
        }

        var refreshToken = Member(request, "refresh_token");
        return (OnRefresh is { } answer ? await answer(refreshToken, cancellationToken) : null)
            ?? SignedIn(1 + int.Parse(refreshToken["refresh-".Length..], CultureInfo.InvariantCulture));
    }

    // The server's clock is a year behind: only the seconds say how long the token lives.
    private string SignedIn(int number) => ScriptedServer.Ok(
        $$$"""
        {"access_token":"access-{{{number}}}","token_type":"Bearer","expires_in":{{{Lifetime}}},"expires_at":"2025-11-22T1{{{number}}}:00:00Z",
        "token":"access-{{{number}}}","refresh_token":"refresh-{{{number}}}","role":null,"user":{"id":"1","username":"john.doe","fullname":"John",
        "admin":false,"roles":[],"groups":[],"disabled":false,"locked":false,"created_at":"2025-11-22T08:00:00Z"}}
        """);

    private static bool IsFor(string request, string path) => request.StartsWith($"POST {path} ", StringComparison.Ordinal);

    private static string Member(string request, string name) =>
        (string)JsonNode.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..])![name]!;

    private static string Token(string request) => request.Split("\r\n")
        .Where(line => line.StartsWith("Authorization: Bearer ", StringComparison.Ordinal))
        .Select(line => line["Authorization: Bearer ".Length..])
        .SingleOrDefault(string.Empty);
}
