using System.Text;
using System.Text.Json;
using Medatarun.Contracts.Operations;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class HttpTests
{
    public static TheoryData<string, string, string?, int, string> BadRequests => new()
    {
        { "/api/auth/login", "{", "application/json", 400, "malformed_request" },
        { "/api/auth/login", "", null, 400, "invalid_request" },
        { "/api/auth/login", "[]", "application/json", 400, "malformed_request" },
        { "/api/auth/login", "null", "application/json", 400, "malformed_request" },
        { "/api/auth/login", "\"text\"", "application/json", 400, "malformed_request" },
        { "/api/auth/login", "{} {}", "application/json", 400, "malformed_request" },
        { "/api/auth/login", "{\"username\":\"a\",\"username\":\"b\",\"password\":\"x\"}", "application/json", 400, "invalid_request" },
        { "/api/auth/login", "{\"username\":\"\\ud800\",\"password\":\"x\"}", "application/json", 400, "invalid_request" },
        { "/api/auth/login", "{\"username\":5,\"password\":\"x\"}", "application/json", 400, "invalid_request" },
        { "/api/auth/login", "{\"username\":{\"a\":1},\"password\":\"x\"}", "application/json", 400, "invalid_request" },
        { "/api/auth/login", "{\"username\":\"a\",\"password\":[]}", "application/json", 400, "invalid_request" },
        { "/api/auth/login", "username=a&password=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type" },
        { "/api/auth/login", "{}", "text/plain", 415, "unsupported_media_type" },
        { "/api/auth/login", "{}", "application/json; charset=utf-16", 415, "unsupported_media_type" },
        { "/api/auth/login", "{}", null, 415, "unsupported_media_type" },
        { "/api/auth/no_such_operation", "{}", "application/json", 404, "operation_not_found" },
        { "/api/nobody/login", "{}", "application/json", 404, "operation_not_found" },
        { "/api/auth/LOGIN", "{}", "application/json", 404, "operation_not_found" },
        { "/api/auth/login/more", "{}", "application/json", 404, "route_not_found" },
        { "/somewhere", "{}", "application/json", 404, "route_not_found" },
        { "/auth/nothing", "{}", "application/json", 404, "route_not_found" },
        { "/health", "{}", "application/json", 405, "method_not_allowed" },
        { "/api", "{}", "application/json", 405, "method_not_allowed" },
        { "/api/users", "{}", "application/json", 405, "method_not_allowed" },
    };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public async Task A_bad_request_gets_its_problem(string path, string body, string? mediaType, int status, string code)
    {
        await using var server = await TestServer.StartAsync();

        var problem = (await server.Anonymous.PostAsync(path, body, mediaType)).Refused(status, code);

        Assert.Equal(code == "invalid_request", problem.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task A_body_over_64_KiB_is_refused_with_and_without_a_declared_length()
    {
        await using var server = await TestServer.StartAsync();
        var large = $$"""{"username":"{{new string('a', 64 * 1024)}}","password":"x"}""";
        var chunked = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(large)));
        chunked.Headers.ContentType = new("application/json");

        (await server.Anonymous.PostAsync("/api/auth/login", large)).Refused(413, "request_too_large");
        (await server.Anonymous.SendAsync(HttpMethod.Post, "/api/auth/login", new Unsized(chunked))).Refused(413, "request_too_large");
    }

    [Fact]
    public async Task JSON_deeper_than_32_levels_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        var deep = $$"""{"unknown":{{new string('[', 40)}}{{new string(']', 40)}},"username":"a","password":"x"}""";

        (await server.Anonymous.PostAsync("/api/auth/login", deep)).Refused(400, "malformed_request");
    }

    [Fact]
    public async Task Unknown_members_are_ignored_and_null_is_the_same_as_missing()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.PostAsync("/api/auth/user_list", """{"unknown":{"a":[1]},"limit":null,"search":null}""")).Ok();
    }

    [Theory]
    [InlineData("user_update", """{"username":"admin","groups":[null]}""", "groups")]
    [InlineData("user_create", """{"username":"x.y","fullname":"X","password":"Sunny.Day.0123456","groups":["a",null]}""", "groups")]
    [InlineData("permission_register", """{"key":"mine","implies":[null]}""", "implies")]
    public async Task A_list_with_a_hole_is_refused_by_its_name(string operation, string body, string member)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        var refused = (await admin.PostAsync($"/api/auth/{operation}", body)).Refused(400, "invalid_request");

        Assert.Equal($"'{member}' must be a list of texts.", refused.GetProperty("errors").GetProperty(member)[0].GetString());
    }

    [Fact]
    public async Task Reading_operations_take_get_and_others_say_what_they_take()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await admin.GetAsync("/api/auth/whoami")).Ok();
        (await admin.GetAsync("/api/auth/me")).Ok();
        (await admin.GetAsync("/api/auth/user_get?username=admin")).Ok();
        var refused = await admin.GetAsync("/api/auth/user_disable?username=admin");
        refused.Refused(405, "method_not_allowed");
        Assert.Equal("POST", refused.Headers["Allow"]);
    }

    [Fact]
    public async Task A_token_in_the_query_string_is_not_looked_at()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        (await server.Anonymous.GetAsync($"/api/auth/whoami?access_token={admin.Token}")).Refused(401, "authentication_required");
    }

    [Fact]
    public async Task A_stranger_learns_nothing_of_how_a_request_must_look()
    {
        await using var server = await TestServer.StartAsync();

        (await server.Anonymous.PostAsync("/api/auth/user_create", "{")).Refused(401, "authentication_required");
        (await server.Anonymous.PostAsync("/api/auth/user_create", "{}")).Refused(401, "authentication_required");
    }

    [Theory]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("bearer x.y.z")]
    [InlineData("Token abc")]
    public async Task Another_kind_of_credential_is_an_invalid_token(string header)
    {
        await using var server = await TestServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/whoami");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await server.Http.SendAsync(request);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Contains("error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_public()
    {
        await using var server = await TestServer.StartAsync();

        Assert.Equal("""{"status":"ok"}""", (await server.Anonymous.GetAsync("/health")).Body);
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_every_operation_and_its_problems()
    {
        await using var server = await TestServer.StartAsync();

        var document = (await server.Anonymous.GetAsync("/api")).Ok();

        Assert.Equal("3.1.0", document.GetProperty("openapi").GetString());
        foreach (var operation in OperationCatalogue.All)
        {
            var post = document.GetProperty("paths").GetProperty($"/api/{operation}").GetProperty("post");
            Assert.Equal(operation.Summary, post.GetProperty("summary").GetString());
            var codes = post.GetProperty("responses").EnumerateObject()
                .SelectMany(response => response.Value.TryGetProperty("x-problem-codes", out var listed)
                    ? listed.EnumerateArray().Select(code => code.GetString()!)
                    : []).ToHashSet();
            Assert.Superset(operation.Problems.Select(problem => problem.Code).ToHashSet(), codes);
            // Where the body is rows, the members stand in the query string.
            var names = operation.RowJson is not null
                ? post.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()!)
                : post.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
                    .GetProperty("schema").GetProperty("properties").EnumerateObject().Select(property => property.Name);
            Assert.Equal(operation.Members.Select(member => member.Name), names);
        }
    }

    [Fact]
    public async Task The_discovery_documents_name_what_exists()
    {
        await using var server = await TestServer.StartAsync(configure: options => options.PublicBaseUrl = new Uri("https://id.example.org/"));

        var document = (await server.Anonymous.GetAsync("/.well-known/openid-configuration")).Ok();

        Assert.Equal("urn:medatarun:internal", document.GetProperty("issuer").GetString());
        Assert.Equal("https://id.example.org/auth/jwks.json", document.GetProperty("jwks_uri").GetString());
        Assert.Equal("https://id.example.org/auth/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal("https://id.example.org/auth/introspect", document.GetProperty("introspection_endpoint").GetString());
        Assert.Equal("https://id.example.org/auth/revoke", document.GetProperty("revocation_endpoint").GetString());
        Assert.Equal(
            """["refresh_token","urn:ietf:params:oauth:grant-type:token-exchange","urn:ietf:params:oauth:grant-type:jwt-bearer"]""",
            document.GetProperty("grant_types_supported").ToString());
        Assert.Equal("""["none"]""", document.GetProperty("token_endpoint_auth_methods_supported").ToString());
        Assert.False(document.TryGetProperty("authorization_endpoint", out _));
        foreach (var endpoint in document.EnumerateObject().Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal)))
        {
            Assert.NotEqual(404, (await server.Anonymous.GetAsync(new Uri(endpoint.Value.GetString()!).AbsolutePath)).Status);
        }

        Assert.Equal(document.ToString(), (await server.Anonymous.GetAsync("/.well-known/oauth-authorization-server")).Ok().ToString());
    }

    [Theory]
    [InlineData("""{"username":1,""")]
    [InlineData("""{"username":1,"password":tru}""")]
    [InlineData("""{"username":{}}}""")]
    public async Task What_is_no_JSON_after_a_member_of_the_wrong_type_is_malformed(string body)
    {
        await using var server = await TestServer.StartAsync();

        (await server.Anonymous.PostAsync("/api/auth/login", body)).Refused(400, "malformed_request");
    }

    [Fact]
    public async Task No_malformed_request_is_answered_with_500()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var random = new Random(4711);
        string[] fragments = ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "1e400", "-", "\\u0000", "\\ud800", "username", "password", "limit", "\u0000", "\ufeff", "é", "\"a\":", "{}"];
        string[] members = ["username", "password", "fullname", "limit", "admin", "groups", "after", "search", "disabled", "id", "email", "name", "permissions", "principal", "type", "expires_in", "all", "token"];
        object?[] values = [null, true, -1, 1e99, "", " ", "\u0000", "x", new string('x', 3000), Array.Empty<int>(), new[] { "a" }, new { a = 1 }, "%", "' OR 1=1 --"];
        for (var number = 0; number < 3000; number++)
        {
            var operation = OperationCatalogue.All[random.Next(OperationCatalogue.All.Count)];
            if (operation.Name is "logout" or "user_delete" or "user_disable")
            {
                continue;
            }

            var body = random.Next(2) == 0
                ? string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => fragments[random.Next(fragments.Length)]))
                : JsonSerializer.Serialize(Enumerable.Range(0, random.Next(5)).Select(_ => members[random.Next(members.Length)])
                    .Distinct().ToDictionary(name => name, _ => values[random.Next(values.Length)]));
            var answer = await admin.PostAsync($"/api/{operation}", body);
            Assert.True(answer.Status < 500, $"{operation} {body}: {answer.Body}\n{server.Log.Text}");
            var whole = operation.RowJson is null ? "application/json" : "application/x-ndjson";
            Assert.Equal(answer.Status == 200 ? whole : "application/problem+json", answer.MediaType);
        }
    }

    /// <summary>Content that does not say how long it is, so that it is sent in chunks.</summary>
    private sealed class Unsized(HttpContent inner) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            Headers.ContentType = inner.Headers.ContentType;
            return inner.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            Headers.ContentType = inner.Headers.ContentType;
            length = 0;
            return false;
        }
    }
}
