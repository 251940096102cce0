using System.Text;
using System.Text.Json;
using Medatarun.Server.Tests.Support;
using Microsoft.IdentityModel.Tokens;

namespace Medatarun.Server.Tests;

public sealed class GroupTests
{
    private const string Password = "Sunny.Day.0123456";

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    [Fact]
    public async Task A_group_is_on_the_user_on_whoami_and_on_the_next_token()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.CallAsync("group_create", new { key = "ops", description = "On call" })).Ok();
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);

        (await admin.CallAsync("group_add_member", new { groupRef = "key:ops", username = "john.doe" })).Ok();

        Assert.Equal(["ops"], Texts((await admin.CallAsync("user_get", new { username = "john.doe" })).Ok().GetProperty("groups")));
        Assert.Equal(["ops"], Texts((await john.CallAsync("whoami")).Ok().GetProperty("groups")));
        var next = await server.SignInAsync("john.doe", Password);
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(next.Token.Split('.')[1])).RootElement;
        Assert.Equal(["ops"], Texts(claims.GetProperty("groups")));
        Assert.Equal(1, (await admin.CallAsync("group_get", new { groupRef = "ops" })).Ok().GetProperty("memberCount").GetInt32());
        Assert.Equal(1, (await admin.CallAsync("user_list", new { group = "ops" })).Ok().GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_role_of_a_group_counts_for_its_members_until_the_next_change()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("group_create", new { key = "ops" });
        await admin.CreateUserAsync("john.doe", Password);
        var john = await server.SignInAsync("john.doe", Password);
        (await admin.CallAsync("group_add_member", new { groupRef = "ops", username = "john.doe" })).Ok();

        (await john.CallAsync("user_list")).Refused(403, "permission_denied");
        (await admin.CallAsync("group_add_role", new { groupRef = "ops", roleRef = "reader" })).Ok();
        (await john.CallAsync("user_list")).Ok();
        (await admin.CallAsync("group_delete_member", new { groupRef = "ops", username = "john.doe" })).Ok();
        (await john.CallAsync("user_list")).Refused(403, "permission_denied");
        (await admin.CallAsync("group_delete_member", new { groupRef = "ops", username = "john.doe" })).Refused(404, "assignment_not_found");
    }

    [Fact]
    public async Task The_resource_route_sets_role_and_groups_and_leaves_what_is_absent()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("group_create", new { key = "one" });
        await admin.CallAsync("group_create", new { key = "two" });
        var id = (await admin.CreateUserAsync("john.doe", Password)).GetProperty("id").GetString();

        Task<TestAnswer> Put(string body) =>
            admin.SendAsync(HttpMethod.Put, $"/api/users/{id}", new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(["one", "two"], Texts((await Put("""{"role":"reader","groups":["two","one"]}""")).Ok().GetProperty("groups")));
        var untouched = (await Put("{}")).Ok();
        Assert.Equal(("reader", 2), (untouched.GetProperty("role").GetString(), untouched.GetProperty("groups").GetArrayLength()));
        Assert.Empty(Texts((await Put("""{"groups":[]}""")).Ok().GetProperty("groups")));
        (await Put("""{"role":"nothing"}""")).Refused(404, "role_not_found");
        Assert.Equal("reader", (await Put("{}")).Ok().GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_group_is_renamed_and_deleted_and_its_members_stay()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        await admin.CallAsync("group_create", new { key = "ops" });
        await admin.CreateUserAsync("john.doe", Password);
        await admin.CallAsync("group_add_member", new { groupRef = "ops", username = "john.doe" });

        var renamed = (await admin.CallAsync("group_update", new { groupRef = "ops", key = "operations", description = "All of them" })).Ok();
        Assert.Equal("All of them", renamed.GetProperty("description").GetString());
        Assert.Equal(["operations"], Texts((await admin.CallAsync("user_get", new { username = "john.doe" })).Ok().GetProperty("groups")));
        (await admin.CallAsync("group_delete", new { groupRef = "key:operations" })).Ok();
        Assert.Empty(Texts((await admin.CallAsync("user_get", new { username = "john.doe" })).Ok().GetProperty("groups")));
        (await admin.CallAsync("group_get", new { groupRef = "operations" })).Refused(404, "group_not_found");
    }
}
