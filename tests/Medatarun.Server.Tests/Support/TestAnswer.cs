using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>What a server answered.</summary>
internal sealed record TestAnswer(int Status, string Body, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The stable code of the problem; null when it is none.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public string? Detail => Json.GetProperty("detail").GetString();

    /// <summary>The answer of a call that must have succeeded.</summary>
    public JsonElement Ok()
    {
        Assert.True(Status is 200, $"expected 200, got {Status}: {Body}");
        return Json;
    }

    /// <summary>The answer of a call that must have made something.</summary>
    public JsonElement Created()
    {
        Assert.True(Status is 201, $"expected 201, got {Status}: {Body}");
        return Json;
    }

    /// <summary>The answer of a call that must have been refused like this.</summary>
    public JsonElement Refused(int status, string code)
    {
        Assert.Equal((status, code), (Status, Code));
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal($"urn:medatarun:problem:{code}", Json.GetProperty("type").GetString());
        Assert.Equal(Json.GetProperty("detail").GetString(), Json.GetProperty("details").GetString());
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.Equal(Headers["X-Request-Id"], Json.GetProperty("request_id").GetString());
        Assert.Equal(status == 401, Headers.ContainsKey("WWW-Authenticate"));
        return Json;
    }
}
