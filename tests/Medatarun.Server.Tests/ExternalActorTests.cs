using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class ExternalActorTests
{
    private static string[] Texts(JsonElement answer, string member) =>
        [.. answer.GetProperty(member).EnumerateArray().Select(item => item.GetString()!)];

    [Fact]
    public async Task A_hundred_first_calls_at_once_make_one_actor_and_one_record()
    {
        await using var setup = await ExternalSetup.StartAsync();
        (await setup.Admin.CallAsync("role_update_autoassign", new { roleRef = "key:reader", value = true })).Ok();
        var caller = setup.As("new-one", ("name", "New One"), ("email", "new.one@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => caller.CallAsync("whoami"))));

        Assert.Single(answers.Select(answer => answer.Ok().GetProperty("id").GetString()).Distinct());
        Assert.Equal("1", Database.Text(setup.Server, "SELECT COUNT(*) FROM actors WHERE kind = 'external'"));
        Assert.Equal(["new-one ok"], setup.Records("actor_create"));
        Assert.NotEmpty(Database.Text(setup.Server, "SELECT request_id FROM audit_events WHERE operation = 'auth/actor_create'"));
        var actor = await setup.ActorAsync("new-one");
        Assert.Equal(
            (setup.Issuer.Address, "external", "New One", "new.one@example.org"),
            (actor.GetProperty("issuer").GetString(), actor.GetProperty("kind").GetString(), actor.GetProperty("fullname").GetString(), actor.GetProperty("email").GetString()));
        Assert.Equal(["reader"], Texts(actor, "roles"));
        Assert.Equal(["reader"], Texts((await caller.CallAsync("whoami")).Ok(), "roles"));
    }

    [Fact]
    public async Task What_an_administrator_gave_stays_from_token_to_token()
    {
        await using var setup = await ExternalSetup.StartAsync();
        (await setup.As("worker").CallAsync("user_list")).Refused(403, "permission_denied");
        (await setup.Admin.CallAsync("actor_add_role", new { actorId = await setup.ActorIdAsync("worker"), roleRef = "key:provisioner" })).Ok();

        (await setup.As("worker").CallAsync("user_list")).Ok();
        var next = (await setup.As("worker", ("jti", "another")).CallAsync("whoami")).Ok();

        Assert.Equal(["provisioner"], Texts(next, "roles"));
        Assert.Contains("user_read", Texts(next, "permissions"));
        Assert.Equal(("worker", "User"), (next.GetProperty("sub").GetString(), next.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Another_name_is_stored_once_and_the_caller_is_called_what_the_token_says()
    {
        await using var setup = await ExternalSetup.StartAsync();
        (await setup.As("worker", ("name", "First Name")).CallAsync("whoami")).Ok();
        var renamed = setup.As("worker", ("name", "Second Name"), ("email", "w@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => renamed.CallAsync("whoami"))));

        Assert.All(answers, answer => Assert.Equal("Second Name", answer.Ok().GetProperty("fullname").GetString()));
        Assert.Equal(["worker ok"], setup.Records("actor_update"));
        Assert.Equal("Second Name w@example.org", Database.Text(setup.Server, "SELECT fullname || ' ' || email FROM actors WHERE subject = 'worker'"));
    }

    [Theory]
    [InlineData("""{"name":"Zoë O'Neil"}""", "Zoë O'Neil", null)]
    [InlineData("""{"name":"\u001b[31mRed\u202e\r\nName <b>"}""", "31mRed Name b", null)]
    [InlineData("""{"name":"@@@","preferred_username":"zoe_o"}""", "zoe o", null)]
    [InlineData("""{"name":7,"preferred_username":["x"]}""", "repo org infra", null)]
    [InlineData("""{"email":"zoe@example.org"}""", "repo org infra", "zoe@example.org")]
    [InlineData("""{"email":"no address"}""", "repo org infra", null)]
    [InlineData("""{"email":["zoe@example.org"]}""", "repo org infra", null)]
    [InlineData("""{"name":null,"email":null}""", "repo org infra", null)]
    public async Task Names_and_addresses_of_a_token_are_cleaned_before_they_are_kept(string claims, string fullname, string? email)
    {
        await using var setup = await ExternalSetup.StartAsync();
        var given = System.Text.Json.Nodes.JsonNode.Parse(claims)!.AsObject().Select(pair => (pair.Key, pair.Value?.DeepClone())).ToArray();

        var answer = (await setup.As("repo:org/infra", given).CallAsync("whoami")).Ok();

        Assert.Equal((fullname, email), (answer.GetProperty("fullname").GetString(), answer.GetProperty("email").GetString()));
    }

    [Fact]
    public async Task An_external_actor_is_no_user_whatever_its_subject_and_address_are()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.Admin.CreateUserAsync("jane.doe");
        (await setup.Admin.CallAsync("user_update", new { username = "jane.doe", email = "jane@example.org" })).Ok();

        var same = (await setup.As("jane.doe", ("email", "jane@example.org"), ("preferred_username", "jane.doe")).CallAsync("whoami")).Ok();
        (await setup.As("bob.builder").CallAsync("whoami")).Ok();

        Assert.NotEqual(await setup.Admin.ActorIdAsync("jane.doe"), same.GetProperty("id").GetString());
        (await setup.Admin.CallAsync("user_get", new { username = "bob.builder" })).Refused(404, "user_not_found");
        (await setup.Admin.CallAsync("user_disable", new { id = same.GetProperty("id").GetString() })).Refused(404, "user_not_found");
        (await setup.Admin.CallAsync("session_revoke_all", new { username = "bob.builder" })).Refused(404, "actor_not_found");
        // The name is still to be had, and a token for it is one for a new service account.
        await setup.Admin.CreateUserAsync("bob.builder");
        Assert.Equal(2, (await setup.Admin.CallAsync("user_list", new { search = "e" })).Ok().GetProperty("items").EnumerateArray()
            .Count(user => user.GetProperty("username").GetString() is "jane.doe" or "bob.builder"));
    }

    [Fact]
    public async Task A_disabled_actor_is_refused_at_once_with_their_token_and_their_sessions()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var caller = setup.As("worker");
        (await caller.CallAsync("whoami")).Ok();
        var session = setup.Server.As((await setup.ExchangeAsync(setup.Token("worker"))).Ok());
        (await session.CallAsync("whoami")).Ok();
        var id = await setup.ActorIdAsync("worker");
        var hammer = new Hammer(caller, "whoami", new { });
        var sessions = new Hammer(session, "whoami", new { });
        await hammer.AcceptedAsync(200);
        await sessions.AcceptedAsync(200);

        (await setup.Admin.CallAsync("actor_disable", new { actorId = id })).Ok();
        hammer.Changed();
        sessions.Changed();

        Assert.True(await hammer.RefusedAsync(200, "invalid_token") >= 200);
        Assert.True(await sessions.RefusedAsync(200, "invalid_token") >= 200);
        (await setup.ExchangeAsync(setup.Token("worker"))).Refused(401, "invalid_token");
        Assert.Equal(["ci/worker ok", "ci/worker actor_disabled"], setup.Records("token_exchange"));
        (await setup.Admin.CallAsync("actor_enable", new { actorId = id })).Ok();
        (await caller.CallAsync("whoami")).Ok();
        (await session.CallAsync("whoami")).Refused(401, "invalid_token");
    }

    [Fact]
    public async Task An_issuer_that_requires_a_rule_makes_no_actor_of_whom_none_fits()
    {
        await using var setup = await ExternalSetup.StartAsync(ruleRequired: true);
        (await setup.As("stranger").CallAsync("whoami")).Refused(401, "invalid_token");
        await setup.RuleAsync();

        (await setup.As("stranger").CallAsync("whoami")).Refused(401, "invalid_token");
        (await setup.ExchangeAsync(setup.Token("stranger"))).Refused(401, "invalid_token");
        (await setup.AsPipeline().CallAsync("whoami")).Ok();

        Assert.Equal("pipeline", Database.Text(setup.Server, "SELECT subject FROM actors WHERE kind = 'external'"));
        Assert.Equal(["ci/stranger no_rule_fits"], setup.Records("token_exchange"));
    }

    [Fact]
    public async Task A_token_of_another_issuer_does_nothing_about_the_account_itself()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        var caller = setup.AsPipeline();

        (await caller.CallAsync("logout")).Refused(403, "session_required");
        (await caller.CallAsync("api_token_create", new { name = "ci" })).Refused(403, "session_required");
        var session = setup.Server.As((await setup.ExchangeAsync(caller.Token)).Ok());
        (await session.CallAsync("api_token_create", new { name = "ci" })).Refused(403, "session_required");
        Assert.Equal(400, (await session.CallAsync("change_my_password", new { oldPassword = "x", newPassword = "Sunny.Day.0123456" })).Status / 100 * 100);
        Assert.Equal("0", Database.Text(setup.Server, "SELECT COUNT(*) FROM api_tokens"));
    }
}
