using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ResourceRouteTests
{
    private const string Password = "Sunny.Day.0123456";

    [Fact]
    public async Task API_tokens_are_made_listed_and_revoked_over_REST()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);

        var made = (await john.PostAsync("/api/auth/tokens", """{"name":"ci","expires_in":600}""")).Created();
        var id = made.GetProperty("api_token").GetProperty("id").GetString();
        var ci = server.As(made.GetProperty("token").GetString()!);
        Assert.Equal("john.doe", (await ci.GetAsync("/api/auth/me")).Ok().GetProperty("username").GetString());
        var listed = (await john.GetAsync("/api/auth/tokens?limit=10")).Ok().GetProperty("items").EnumerateArray().Single();
        Assert.Equal(id, listed.GetProperty("id").GetString());
        Assert.False(listed.TryGetProperty("token", out JsonElement _));

        for (var time = 0; time < 2; time++)
        {
            var gone = await john.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{id}", null);
            Assert.Equal((204, "", null), (gone.Status, gone.Body, gone.MediaType));
        }

        (await ci.GetAsync("/api/auth/me")).Refused(401, "invalid_token");
        Assert.Empty((await john.GetAsync("/api/auth/tokens")).Ok().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Another_ones_token_is_not_there_unless_an_operator_asks()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        foreach (var name in new[] { "john.doe", "jane.doe" })
        {
            await admin.CreateUserAsync(name, Password);
        }

        var (id, ci) = await server.ApiTokenAsync(await server.SignInAsync("john.doe", Password));
        var jane = await server.SignInAsync("jane.doe", Password);

        (await jane.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{id}", null)).Refused(404, "api_token_not_found");
        (await jane.SendAsync(HttpMethod.Delete, "/api/auth/tokens/x", null)).Refused(404, "api_token_not_found");
        (await server.Anonymous.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{id}", null)).Refused(401, "authentication_required");
        (await ci.GetAsync("/api/auth/me")).Ok();
        Assert.Equal(204, (await admin.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{id}", null)).Status);
        (await ci.GetAsync("/api/auth/me")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task The_address_says_which_token_whatever_the_body_says()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (first, kept) = await server.ApiTokenAsync(admin);
        var (second, gone) = await server.ApiTokenAsync(admin);
        using var body = new StringContent($$"""{"id":"{{first}}"}""", System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(204, (await admin.SendAsync(HttpMethod.Delete, $"/api/auth/tokens/{second}", body)).Status);

        (await kept.CallAsync("whoami")).Ok();
        (await gone.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Refusals_keep_their_own_status()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var (_, ci) = await server.ApiTokenAsync(admin);

        (await admin.PostAsync("/api/auth/tokens", "{}")).Refused(400, "invalid_request");
        (await ci.PostAsync("/api/auth/tokens", """{"name":"another"}""")).Refused(403, "session_required");
        (await server.Anonymous.PostAsync("/api/auth/tokens", "{")).Refused(401, "authentication_required");
        (await server.Anonymous.PostAsync("/api/auth/register", "{}")).Refused(403, "registration_closed");
        (await admin.GetAsync("/api/auth/tokens?limit=x")).Refused(400, "invalid_request");
    }

    [Theory]
    [InlineData("PUT", "/api/auth/tokens", "GET, HEAD, POST")]
    [InlineData("GET", "/api/auth/tokens/x", "DELETE")]
    [InlineData("GET", "/api/auth/register", "POST")]
    [InlineData("POST", "/api/auth/me", "GET, HEAD")]
    [InlineData("POST", "/api/users/x", "GET, HEAD, PUT")]
    public async Task An_address_says_which_methods_it_takes(string method, string path, string allowed)
    {
        await using var server = await TestServer.StartAsync();

        var refused = await server.Anonymous.SendAsync(new HttpMethod(method), path, null);

        refused.Refused(405, "method_not_allowed");
        Assert.Equal(allowed, refused.Headers["Allow"]);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var head = await admin.SendAsync(HttpMethod.Head, "/api/auth/tokens", null);

        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal((await admin.GetAsync("/api/auth/tokens")).Headers["Content-Length"], head.Headers["Content-Length"]);
    }

    [Fact]
    public async Task The_OpenAPI_document_shows_them_with_the_status_that_they_answer()
    {
        await using var server = await TestServer.StartAsync();

        var paths = (await server.Anonymous.GetAsync("/api")).Ok().GetProperty("paths");

        string Success(string path, string method) =>
            paths.GetProperty(path).GetProperty(method).GetProperty("responses").EnumerateObject().First().Name;
        Assert.Equal("201", Success("/api/auth/register", "post"));
        Assert.Equal("201", Success("/api/auth/tokens", "post"));
        Assert.Equal("200", Success("/api/auth/tokens", "get"));
        Assert.Equal("204", Success("/api/auth/tokens/{id}", "delete"));
        var delete = paths.GetProperty("/api/auth/tokens/{id}").GetProperty("delete");
        Assert.False(delete.TryGetProperty("requestBody", out JsonElement _));
        Assert.Equal("path", delete.GetProperty("parameters")[0].GetProperty("in").GetString());
        Assert.False(paths.GetProperty("/api/users/{id}").GetProperty("put").GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema").GetProperty("properties").TryGetProperty("username", out JsonElement _));
        var ids = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Select(method => method.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }
}
