using System.Text;

namespace Medatarun.Server.Tests.Support;

/// <summary>Form-encoded requests to the OAuth endpoints, and what must be true of their refusals.</summary>
internal static class OAuthRequests
{
    public const string MediaType = "application/x-www-form-urlencoded";

    public static Task<TestAnswer> FormAsync(this TestCaller caller, string path, string body) => caller.PostAsync(path, body, MediaType);

    /// <summary>Sends bytes as they are.</summary>
    public static Task<TestAnswer> BytesAsync(this TestCaller caller, string path, byte[] body, string? mediaType = MediaType)
    {
        var content = new ByteArrayContent(body);
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return caller.SendAsync(HttpMethod.Post, path, content);
    }

    /// <summary>Sends a form with HTTP Basic.</summary>
    public static async Task<TestAnswer> BasicAsync(this TestServer server, string path, string credentials, string body)
    {
        using var http = new HttpClient { BaseAddress = server.Http.BaseAddress };
        http.DefaultRequestHeaders.TryAddWithoutValidation(
            "Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        return await new TestCaller(http, null).FormAsync(path, body);
    }

    /// <summary>The refusal of RFC 6749 §5.2 that an answer must be.</summary>
    public static void OAuthError(this TestAnswer answer, int status, string error)
    {
        Assert.True((answer.Status, answer.MediaType) == (status, "application/json"), $"{answer.Status} {answer.MediaType} {answer.Body}");
        Assert.Equal(error, answer.Json.GetProperty("error").GetString());
        Assert.Matches("^[ !#-\\[\\]-~]+$", answer.Json.GetProperty("error_description").GetString());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("no-cache", answer.Headers["Pragma"]);
        Assert.NotEmpty(answer.Headers["X-Request-Id"]);
        Assert.Equal(status == 401, answer.Headers.ContainsKey("WWW-Authenticate"));
    }
}
