using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>Calls <c>user_import</c> as a program does that speaks HTTP.</summary>
internal static class Importing
{
    public const string Password = "Sunny.Day.0123456";

    public static string Path(string query = "") => "/api/auth/user_import" + (query.Length == 0 ? "" : "?" + query);

    /// <summary>A row for each of these objects.</summary>
    public static string Lines(params IEnumerable<object> rows) => string.Concat(rows.Select(row => JsonSerializer.Serialize(row) + "\n"));

    public static object Row(string username, string? email = null) => new { username, fullname = "Some One", email, password = Password };

    public static ByteArrayContent Content(byte[] lines)
    {
        var content = new ByteArrayContent(lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        return content;
    }

    public static Task<TestAnswer> ImportAsync(this TestCaller caller, string lines, string query = "") =>
        caller.ImportAsync(Encoding.UTF8.GetBytes(lines), query);

    public static async Task<TestAnswer> ImportAsync(this TestCaller caller, byte[] lines, string query = "")
    {
        using var content = Content(lines);
        return await caller.SendAsync(HttpMethod.Post, Path(query), content);
    }

    /// <summary>The rows of an answer, without its last line.</summary>
    public static IReadOnlyList<JsonElement> Results(this TestAnswer answer) => [.. answer.AllLines().SkipLast(1)];

    /// <summary>The last line of an answer, which must be the summary.</summary>
    public static JsonElement Summary(this TestAnswer answer)
    {
        Assert.Equal((200, "application/x-ndjson"), (answer.Status, answer.MediaType));
        Assert.EndsWith("\n", answer.Body, StringComparison.Ordinal);
        var last = answer.AllLines()[^1];
        Assert.True(last.TryGetProperty("summary", out _), answer.Body);
        return last;
    }

    /// <summary>The numbers of the summary: created, updated, existing, failed.</summary>
    public static (int Created, int Updated, int Existing, int Failed) Counts(this TestAnswer answer)
    {
        var summary = answer.Summary().GetProperty("summary");
        int Of(string name) => summary.GetProperty(name).GetInt32();
        var counts = (Of("created"), Of("updated"), Of("existing"), Of("failed"));
        Assert.Equal(Of("rows"), answer.Results().Count);
        Assert.Equal(Of("rows"), counts.Item1 + counts.Item2 + counts.Item3 + counts.Item4);
        return counts;
    }

    /// <summary>A member of a line; null when it is not there.</summary>
    public static string? Text(this JsonElement line, string member) => line.TryGetProperty(member, out var value) ? value.ToString() : null;

    /// <summary>Status, or the code of a row that failed.</summary>
    public static string Outcome(this JsonElement line) => line.Text("code") ?? line.Text("status")!;

    private static List<JsonElement> AllLines(this TestAnswer answer) =>
        [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
