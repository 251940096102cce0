using System.Text.Json;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests;

public sealed class IssuerTestTests
{
    private static async Task<JsonElement> TestAsync(ExternalSetup setup, string token) => (await setup.Admin.CallAsync("issuer_test", new { token })).Ok();

    private static string Last(JsonElement answer) => answer.GetProperty("checks").EnumerateArray().Last().GetProperty("check").GetString()!;

    private static string Detail(JsonElement answer) => answer.GetProperty("checks").EnumerateArray().Last().GetProperty("detail").GetString()!;

    [Fact]
    public async Task A_good_token_is_told_with_its_rules_and_roles_and_makes_nobody()
    {
        await using var setup = await ExternalSetup.StartAsync();
        await setup.RuleAsync();
        (await setup.Admin.CallAsync("role_update_autoassign", new { roleRef = "key:reader", value = true })).Ok();

        var answer = await TestAsync(setup, setup.AsPipeline().Token);

        Assert.True(answer.GetProperty("accepted").GetBoolean());
        Assert.Equal(("ci", "pipeline"), (answer.GetProperty("issuer_name").GetString(), answer.GetProperty("subject").GetString()));
        Assert.Equal("""["deploy"]""", answer.GetProperty("rules").GetRawText());
        Assert.Equal("""["provisioner","reader"]""", answer.GetProperty("roles").GetRawText());
        Assert.All(answer.GetProperty("checks").EnumerateArray(), check => Assert.True(check.GetProperty("passed").GetBoolean()));
        Assert.Equal(["actor", "rule"], answer.GetProperty("checks").EnumerateArray().TakeLast(2).Select(check => check.GetProperty("check").GetString()));
        Assert.Equal(setup.Server.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds(), answer.GetProperty("expires_at").GetDateTimeOffset().ToUnixTimeSeconds());
        Assert.Equal("0", Database.Text(setup.Server, "SELECT COUNT(*) FROM actors WHERE kind = 'external'"));
        Assert.Equal(["ci ok"], setup.Records("issuer_test"));
    }

    [Fact]
    public async Task A_refusal_of_actor_or_rule_is_the_last_thing_that_is_told()
    {
        await using var setup = await ExternalSetup.StartAsync(ruleRequired: true);
        var stranger = await TestAsync(setup, setup.Token("stranger"));
        Assert.Equal((false, "rule"), (stranger.GetProperty("accepted").GetBoolean(), Last(stranger)));

        await setup.RuleAsync();
        (await setup.AsPipeline().CallAsync("whoami")).Ok();
        (await setup.Admin.CallAsync("actor_disable", new { actorId = await setup.ActorIdAsync("pipeline") })).Ok();
        var disabled = await TestAsync(setup, setup.AsPipeline().Token);
        Assert.Equal((false, "actor"), (disabled.GetProperty("accepted").GetBoolean(), Last(disabled)));
        Assert.Contains("disabled", Detail(disabled), StringComparison.Ordinal);

        (await setup.Admin.CallAsync("role_add_permission", new { roleRef = "key:provisioner", permissionKey = "admin" })).Ok();
        var empty = await TestAsync(setup, setup.Token("another", ("repository", "org/infra")));
        Assert.Equal("rule", Last(empty));
        Assert.Contains("'admin'", Detail(empty), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_not_verified_is_told_without_the_token_in_the_answer()
    {
        await using var setup = await ExternalSetup.StartAsync();
        var token = setup.Token();
        var forged = token[..^4] + "AAAA";

        var answer = (await setup.Admin.CallAsync("issuer_test", new { token = forged })).Ok();

        Assert.Equal((false, "signature"), (answer.GetProperty("accepted").GetBoolean(), Last(answer)));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("subject").ValueKind);
        Assert.DoesNotContain(forged.Split('.')[2], answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((false, "format"), ((await TestAsync(setup, "x")).GetProperty("accepted").GetBoolean(), Last(await TestAsync(setup, "x"))));
    }
}
