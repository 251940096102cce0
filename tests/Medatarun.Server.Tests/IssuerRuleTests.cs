using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class IssuerRuleTests
{
    private static string[] Roles(JsonElement answer) => [.. answer.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];

    private static async Task<string[]> RolesOfAsync(TestCaller caller) => Roles((await caller.CallAsync("whoami")).Ok());

    private static Task<TestAnswer> CreateAsync(TestCaller caller, string name = "deploy", string role = "provisioner", string issuer = "ci") =>
        caller.CallAsync("issuer_rule_create", new { issuer_name = issuer, name, conditions = new[] { new { claim = "repository", equals = "org/infra" } }, roles = new[] { role } });

    [Fact]
    public async Task A_rule_gives_its_roles_to_whom_it_fits_and_to_nobody_else()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var rule = await setup.RuleAsync();

        Assert.Equal(["provisioner"], await RolesOfAsync(setup.AsPipeline()));
        Assert.Empty(await RolesOfAsync(setup.As("pipeline", ("repository", "org/other"))));
        Assert.Empty(await RolesOfAsync(setup.As("pipeline")));
        // What needs the writer is judged again there.
        await setup.AsPipeline().CreateUserAsync("new.user");
        // A rule is no role of the actor's own.
        Assert.Empty(Roles(await setup.ActorAsync("pipeline")));

        Assert.Equal(rule.GetRawText(), (await setup.Admin.CallAsync("issuer_rule_list", new { issuer_name = "ci" })).Ok()[0].GetRawText());
        Assert.Equal(1, (await setup.Admin.CallAsync("issuer_rule_list")).Ok().GetArrayLength());
        (await setup.Admin.CallAsync("issuer_rule_list", new { issuer_name = "none" })).Refused(404, "issuer_not_found");
    }

    [Fact]
    public async Task Roles_of_rules_stand_beside_the_actors_own()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        (await setup.AsPipeline().CallAsync("whoami")).Ok();
        (await setup.Admin.CallAsync("actor_add_role", new { actorId = await setup.ActorIdAsync("pipeline"), roleRef = "key:admin" })).Ok();

        var answer = (await setup.AsPipeline().CallAsync("whoami")).Ok();

        Assert.Equal(["admin", "provisioner"], Roles(answer));
        Assert.True(answer.GetProperty("admin").GetBoolean());
    }

    [Fact]
    public async Task A_rule_is_changed_for_tokens_that_are_in_use()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        var caller = setup.AsPipeline();
        Assert.Equal(["provisioner"], await RolesOfAsync(caller));

        (await setup.Admin.CallAsync("issuer_rule_update", new { issuer_name = "ci", name = "deploy", roles = new[] { "reader", "key:provisioner" }, description = "d" })).Ok();
        Assert.Equal(["provisioner", "reader"], await RolesOfAsync(caller));
        var changed = (await setup.Admin.CallAsync("issuer_rule_update", new
        {
            issuer_name = "ci", name = "deploy", conditions = new object[] { new { claim = "repository", glob = "org/*" }, new { claim = "ref", one_of = new[] { "main" } } },
        })).Ok();
        Assert.Equal(("d", 2), (changed.GetProperty("description").GetString(), changed.GetProperty("conditions").GetArrayLength()));
        Assert.Empty(await RolesOfAsync(caller));
        Assert.Equal(["provisioner", "reader"], await RolesOfAsync(setup.As("pipeline", ("repository", "org/x"), ("ref", "main"))));
    }

    [Fact]
    public async Task A_rule_that_cannot_be_is_refused()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var admin = setup.Admin;
        (await CreateAsync(admin, issuer: "none")).Refused(404, "issuer_not_found");
        (await CreateAsync(admin, name: "No Key")).Refused(400, "bad_key");
        (await CreateAsync(admin, role: "nothing.here")).Refused(404, "role_not_found");
        (await CreateAsync(admin, role: "admin")).Refused(400, "managed");
        (await admin.PostAsync("/api/auth/issuer_rule_create", """{"issuer_name":"ci","name":"r1","conditions":[],"roles":["reader"]}""")).Refused(400, "bad_condition");
        (await admin.PostAsync("/api/auth/issuer_rule_create", """{"issuer_name":"ci","name":"r1","conditions":[{"claim":"a","glob":"b\\"}],"roles":["reader"]}"""))
            .Refused(400, "bad_condition");
        (await admin.PostAsync("/api/auth/issuer_rule_create", """{"issuer_name":"ci","name":"r1","conditions":[{"claim":"a","equals":"b"}],"roles":[]}"""))
            .Refused(400, "invalid_request");
        (await CreateAsync(admin)).Ok();
        (await CreateAsync(admin)).Refused(409, "issuer_rule_already_exists");
        (await admin.CallAsync("issuer_rule_update", new { issuer_name = "ci", name = "none" })).Refused(404, "issuer_rule_not_found");
        (await admin.CallAsync("issuer_rule_update", new { issuer_name = "ci", name = "deploy", roles = new[] { "admin" } })).Refused(400, "managed");
        (await admin.CallAsync("issuer_rule_delete", new { issuer_name = "ci", name = "none" })).Refused(404, "issuer_rule_not_found");
        Assert.Equal(1, (await admin.CallAsync("issuer_rule_list")).Ok().GetArrayLength());
    }

    [Fact]
    public async Task Nobody_gives_by_a_rule_what_they_do_not_hold()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        await setup.Admin.CreateUserAsync("delegated");
        await setup.Admin.GiveOwnRoleAsync("delegated", "issuer_manage");
        var delegated = await setup.Server.SignInAsync("delegated", "Sunny.Day.0123456");

        (await CreateAsync(delegated, "mine")).Refused(403, "exceeds_authority");
        (await CreateAsync(delegated, "mine", "reader")).Ok();
        (await delegated.CallAsync("issuer_rule_update", new { issuer_name = "ci", name = "mine", roles = new[] { "provisioner" } })).Refused(403, "exceeds_authority");
        // To whom a role is given is as much as which one.
        (await delegated.CallAsync("issuer_rule_update", new { issuer_name = "ci", name = "deploy", conditions = new[] { new { claim = "sub", glob = "*" } } }))
            .Refused(403, "exceeds_authority");
        (await delegated.CallAsync("issuer_update", new { name = "ci", audiences = Array.Empty<string>() })).Refused(403, "exceeds_authority");
        (await delegated.CallAsync("issuer_rule_delete", new { issuer_name = "ci", name = "deploy" })).Ok();
    }

    [Fact]
    public async Task A_role_that_gets_admin_later_is_given_by_no_rule()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        var caller = setup.AsPipeline();
        var session = setup.Server.As((await setup.ExchangeAsync(caller.Token)).Ok());
        Assert.Equal(["provisioner"], await RolesOfAsync(caller));

        (await setup.Admin.CallAsync("role_add_permission", new { roleRef = "key:provisioner", permissionKey = "admin" })).Ok();

        Assert.Empty(await RolesOfAsync(caller));
        Assert.Empty(await RolesOfAsync(session));
        (await caller.CallAsync("user_list")).Refused(403, "permission_denied");
        (await setup.Admin.CallAsync("role_delete_permission", new { roleRef = "key:provisioner", permissionKey = "admin" })).Ok();
        Assert.Equal(["provisioner"], await RolesOfAsync(caller));
    }

    public static TheoryData<string, string, string> Ends() => new()
    {
        { "issuer_rule_delete", """{"issuer_name":"ci","name":"deploy"}""", "permission_denied" },
        { "issuer_rule_update", """{"issuer_name":"ci","name":"deploy","conditions":[{"claim":"repository","equals":"org/else"}]}""", "permission_denied" },
        { "issuer_rule_update", """{"issuer_name":"ci","name":"deploy","roles":["other"]}""", "permission_denied" },
        { "role_delete", """{"roleRef":"key:provisioner"}""", "permission_denied" },
        { "role_delete_permission", """{"roleRef":"key:provisioner","permissionKey":"user_manage"}""", "permission_denied" },
        { "issuer_update", """{"name":"ci","disabled":true}""", "invalid_token" },
        { "issuer_delete", """{"name":"ci"}""", "invalid_token" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_ends_a_rule_holds_at_the_next_request_of_tokens_and_sessions(string operation, string request, string code)
    {
        await using var setup = await ExternalSetup.StartAsync();
        (await setup.Admin.CallAsync("role_create", new { key = "other" })).Ok();
        await setup.RuleAsync();
        var token = setup.AsPipeline();
        var session = setup.Server.As((await setup.ExchangeAsync(token.Token)).Ok());
        // One reads and one writes, because both judge anew.
        await setup.Admin.CreateUserAsync("target");
        var tokens = new Hammer(token, "user_enable", new { username = "target" });
        var sessions = new Hammer(session, "user_list", new { });
        await tokens.AcceptedAsync(100);
        await sessions.AcceptedAsync(100);

        (await setup.Admin.PostAsync($"/api/auth/{operation}", request)).Ok();
        tokens.Changed();
        sessions.Changed();

        Assert.True(await tokens.RefusedAsync(100, code) >= 100);
        Assert.True(await sessions.RefusedAsync(100, code) >= 100);
    }

    [Fact]
    public async Task A_deleted_issuer_takes_its_rules_and_sessions_along_and_leaves_its_actors()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        (await setup.ExchangeAsync(setup.AsPipeline().Token)).Ok();

        (await setup.Admin.CallAsync("issuer_delete", new { name = "ci" })).Ok();

        Assert.Equal("0 0 0", Database.Text(
            setup.Server,
            "SELECT (SELECT COUNT(*) FROM issuer_rules) || ' ' || (SELECT COUNT(*) FROM issuer_rule_roles) || ' ' || (SELECT COUNT(*) FROM sessions WHERE claims IS NOT NULL)"));
        Assert.Equal("pipeline", (await setup.ActorAsync("pipeline")).GetProperty("subject").GetString());
    }

    [Fact]
    public async Task An_issuer_that_is_changed_and_still_good_goes_on_with_the_tokens_in_use()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        var caller = setup.AsPipeline();
        Assert.Equal(["provisioner"], await RolesOfAsync(caller));

        (await setup.Admin.CallAsync("issuer_update", new { name = "ci", audiences = new[] { "medatarun", "another" } })).Ok();
        Assert.Equal(["provisioner"], await RolesOfAsync(caller));
        (await setup.Admin.CallAsync("issuer_update", new { name = "ci", audiences = new[] { "another" } })).Ok();
        (await caller.CallAsync("whoami")).Refused(401, "invalid_token");
    }
}
