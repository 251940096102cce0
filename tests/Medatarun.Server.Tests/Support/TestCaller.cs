using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Medatarun.Server.Tests.Support;

/// <summary>Someone who calls a server, with a token or without, from an address of their own or from this machine.</summary>
internal sealed class TestCaller(HttpClient http, string? token, string? address = null)
{
    public string Token => token ?? throw new InvalidOperationException("This caller has no token.");

    public Task<TestAnswer> CallAsync(string operation, object? request = null) =>
        PostAsync($"/api/auth/{operation}", JsonSerializer.Serialize(request ?? new { }));

    public Task<TestAnswer> PostAsync(string path, string body, string? mediaType = "application/json") =>
        SendAsync(HttpMethod.Post, path, mediaType is null
            ? new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            : new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(mediaType)));

    public Task<TestAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (address is not null)
        {
            request.Headers.Add(TestServer.AddressHeader, address);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        using var response = await http.SendAsync(request);
        return new TestAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Makes a user with a good password, and returns it.</summary>
    public async Task<JsonElement> CreateUserAsync(string username, string password = "Sunny.Day.0123456", bool admin = false) =>
        (await CallAsync("user_create", new { username, fullname = "Some One", password, admin })).Ok();

    /// <summary>The id of the actor of this name.</summary>
    public async Task<string> ActorIdAsync(string name) =>
        (await CallAsync("user_get", new { username = name })).Ok().GetProperty("id").GetString()!;

    /// <summary>Makes a role with these permissions, named after the user, and gives it to them as their only one.</summary>
    public async Task GiveOwnRoleAsync(string username, params string[] permissions)
    {
        (await CallAsync("role_create", new { key = $"{username}-role" })).Ok();
        foreach (var permissionKey in permissions)
        {
            (await CallAsync("role_add_permission", new { roleRef = $"{username}-role", permissionKey })).Ok();
        }

        (await CallAsync("user_update", new { username, role = $"{username}-role" })).Ok();
    }
}
