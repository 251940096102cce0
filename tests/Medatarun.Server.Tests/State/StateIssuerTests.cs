using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>Trusted issuers and their rules as a part of a state.</summary>
public sealed class StateIssuerTests
{
    private const string Document =
        """
        {"version":1,
         "roles":[{"key":"deployer"}],
         "issuers":[
           {"name":"github","authority":"https://token.actions.githubusercontent.com","audiences":["b","a"],"rule_required":true},
           {"name":"keys","issuer":"urn:other","jwks":"https://other.example/jwks","algorithms":[]}],
         "issuer_rules":[
           {"issuer_name":"github","name":"main","conditions":[{"claim":"repository","equals":"a/b"},{"claim":"ref","glob":"refs/*"}],"roles":["deployer","reader"]}]}
        """;

    [Fact]
    public async Task They_are_made_changed_and_deleted_with_everything_else()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;

        Assert.Equal(
            ["create role:deployer", "create issuer:github", "create issuer:keys", "create issuer_rule:github/main"],
            (await admin.ApplyAsync(JsonNode.Parse(Document)!)).Differences());
        Assert.Empty((await admin.ApplyAsync(JsonNode.Parse(Document)!)).Differences());
        var exported = await admin.ExportAsync();
        Assert.Equal("RS256", (string?)exported["issuers"]![1]!["algorithms"]![0]);

        (await admin.CallAsync("issuer_update", new { name = "github", authority = "https://evil.example", disabled = true })).Ok();
        (await admin.CallAsync("issuer_rule_update", new { issuer_name = "github", name = "main", roles = new[] { "reader" } })).Ok();
        (await admin.CallAsync("issuer_delete", new { name = "keys" })).Ok();
        var compared = await admin.CompareAsync(exported);
        Assert.Equal(["update issuer:github", "create issuer:keys", "update issuer_rule:github/main"], compared.Differences());
        Assert.Equal(
            ["authority: https://evil.example -> https://token.actions.githubusercontent.com", "disabled: true -> false"], compared.Changes());
        (await admin.ApplyAsync(exported)).Ok();
        Assert.True(JsonNode.DeepEquals(exported, await admin.ExportAsync()));

        var pruned = await admin.ApplyAsync(JsonNode.Parse("""{"version":1,"issuers":[],"issuer_rules":[]}""")!, prune: true);
        Assert.Equal(["delete issuer_rule:github/main", "delete issuer:github", "delete issuer:keys"], pruned.Differences());
    }

    [Fact]
    public async Task A_rule_whose_last_role_is_gone_can_be_exported_and_applied()
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        (await admin.ApplyAsync(JsonNode.Parse(Document)!)).Ok();
        (await admin.CallAsync("issuer_rule_update", new { issuer_name = "github", name = "main", roles = new[] { "deployer" } })).Ok();
        (await admin.CallAsync("role_delete", new { roleRef = "deployer" })).Ok();

        Assert.Empty((await admin.ApplyAsync(await admin.ExportAsync(), prune: true)).Differences());
    }

    [Theory]
    [InlineData("""{"issuers":[{"name":"github"}]}""", "bad_issuer", "issuers[0].jwks")]
    [InlineData("""{"issuers":[{"name":"github","jwks":"https://x.example/k"}]}""", "bad_issuer", "issuers[0].issuer")]
    [InlineData("""{"issuers":[{"name":"github","authority":"http://x.example"}]}""", "bad_issuer", "issuers[0].authority")]
    [InlineData("""{"issuers":[{"name":"github","authority":"https://x.example","algorithms":["none"]}]}""", "bad_issuer", "issuers[0].algorithms")]
    [InlineData("""{"issuers":[{"name":"github","authority":"https://x.example","audiences":[null]}]}""", "bad_state", "issuers[0].audiences[0]")]
    [InlineData("""{"issuers":[{"authority":"https://x.example"}]}""", "bad_state", "issuers[0].name")]
    [InlineData("""{"issuers":[{"name":"aa","authority":"https://x.example"},{"name":"aa"}]}""", "bad_state", "issuers[1].name")]
    [InlineData("""{"issuers":[{"name":"ours","issuer":"urn:medatarun:internal","jwks":"https://x.example/k"}]}""", "bad_issuer", "issuer:ours")]
    [InlineData("""{"issuer_rules":[{"issuer_name":"nobody","name":"main","conditions":[{"claim":"a","equals":"b"}],"roles":["reader"]}]}""", "issuer_not_found", "issuer_rules[0].issuer_name")]
    [InlineData("""{"issuers":[{"name":"aa","authority":"https://x.example"}],"issuer_rules":[{"issuer_name":"aa","name":"main","conditions":[{"claim":"a"}],"roles":["reader"]}]}""", "bad_condition", "issuer_rules[0].conditions")]
    [InlineData("""{"issuers":[{"name":"aa","authority":"https://x.example"}],"issuer_rules":[{"issuer_name":"aa","name":"main","conditions":[{"claim":"a","equals":"b"}]}]}""", "bad_state", "issuer_rules[0].roles")]
    [InlineData("""{"issuers":[{"name":"aa","authority":"https://x.example"}],"issuer_rules":[{"issuer_name":"aa","name":"main","conditions":[{"claim":"a","equals":"b"}],"roles":["admin"]}]}""", "managed", "issuer_rule:aa/main")]
    public async Task What_cannot_be_is_refused_with_its_place(string document, string code, string place)
    {
        var (server, admin) = await TestServer.StartWithAdminAsync();
        await using var _ = server;
        var state = JsonNode.Parse(document)!.AsObject();
        state["version"] = 1;

        var refused = await admin.ApplyAsync(state);

        Assert.True((code, place) == (refused.Code, refused.Places().Single()), refused.Body);
        Assert.Empty((await admin.ExportAsync())["issuers"]!.AsArray());
    }
}
