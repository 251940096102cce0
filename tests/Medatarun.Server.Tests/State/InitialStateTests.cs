using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>A server that has nobody starts as it is declared.</summary>
public sealed class InitialStateTests : IDisposable
{
    private const string Password = "Sunny.Day.0123456";
    private const string WithAdmin = """{"version":1,"groups":[{"key":"staff"}],"users":[{"username":"root.admin","fullname":"Root","roles":["admin"],"password":{"env":"X"}}]}""";
    private const string WithoutAdmin = """{"version":1,"groups":[{"key":"staff"}]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("medatarun-state-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task With_an_administrator_who_has_a_password_there_is_no_bootstrap_secret()
    {
        await using (var server = await StartAsync(WithAdmin))
        {
            Assert.Null(server.BootstrapSecret);
            var admin = await server.SignInAsync("root.admin", Password);
            Assert.Equal(2, Server(server).InitialState!.Differences.Count);
            (await admin.CallAsync("user_delete", new { username = "nobody" })).Refused(404, "user_not_found");
            (await admin.CallAsync("group_delete", new { groupRef = "staff" })).Ok();
            (await server.Anonymous.CallAsync("admin_bootstrap", new { secret = new string('x', 20), username = "evil", fullname = "E", password = Password }))
                .Refused(410, "bootstrap_already_consumed");
            Assert.Equal(
                ["group:staff created", "user:root.admin created"],
                Database.Rows(server, "SELECT target FROM audit_events WHERE actor_name = 'urn:medatarun:system' AND request_id = 'start' ORDER BY sequence"));
        }

        // What was done since is not undone, and the document is not even read.
        await using var again = await TestServer.StartAsync(folder, configure: options => options.InitialState = () => throw new InvalidOperationException());
        Assert.Null(Server(again).InitialState);
        Assert.Empty((await (await again.SignInAsync("root.admin", Password)).CallAsync("group_list")).Ok().EnumerateArray());
    }

    [Fact]
    public async Task Without_one_there_is_a_bootstrap_secret_and_the_state_too()
    {
        await using var server = await StartAsync(WithoutAdmin);

        var admin = await server.BootstrapAsync();
        Assert.Equal("staff", (await admin.CallAsync("group_list")).Ok()[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task One_that_cannot_be_applied_stops_the_start_and_leaves_nothing_behind()
    {
        var refusal = await Assert.ThrowsAsync<MedatarunStartException>(() => StartAsync(
            """{"version":1,"groups":[{"key":"left-over"}],"users":[{"username":"X"}]}"""));
        Assert.True(refusal.IsInitialState);
        Assert.Contains("users[0].username", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MedatarunStartException>(() => StartAsync(WithAdmin, "weak"));

        await using var server = await StartAsync(WithAdmin);
        var admin = await server.SignInAsync("root.admin", Password);
        Assert.Equal("staff", Assert.Single((await admin.CallAsync("group_list")).Ok().EnumerateArray()).GetProperty("key").GetString());
    }

    private static MedatarunServer Server(TestServer server) => (MedatarunServer)server.Services.GetService(typeof(MedatarunServer))!;

    private Task<TestServer> StartAsync(string document, string password = Password) => TestServer.StartAsync(
        folder,
        configure: options => options.InitialState = () => new StateApplyRequest
        {
            Document = JsonSerializer.Deserialize(document, MedatarunJson.Context.StateDocument),
            Passwords = document == WithAdmin ? new Dictionary<string, Secret> { ["root.admin"] = new(password) } : null,
        });
}
