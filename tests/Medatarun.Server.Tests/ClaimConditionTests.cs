using System.Text.Json;
using Medatarun.Contracts.Auth;
using Medatarun.Server.External;

namespace Medatarun.Server.Tests;

public sealed class ClaimConditionTests
{
    private const string Claims =
        """
        {"repository":"org/infra","ref":"refs/heads/main","run":7,"big":1.50,"yes":true,"no":false,"nothing":null,"empty":"",
         "groups":["ops","dev",3,null,{"a":"b"},["deep"]],"none":[],"realm_access":{"roles":["admin","user"]},
         "https://x.example/claim":"long","a/b":{"c~d":"odd"},"list":[{"id":"first"},{"id":"second"}],"half":"\ud800"}
        """;

    private static ClaimCondition Equal(string claim, string value) => new() { Claim = claim, EqualTo = value };

    [Theory]
    [InlineData("repository", "org/infra", true)]
    [InlineData("repository", "ORG/INFRA", false)]
    [InlineData("repository", "org/infra ", false)]
    [InlineData("missing", "x", false)]
    [InlineData("run", "7", true)]
    [InlineData("run", "7.0", false)]
    [InlineData("big", "1.50", true)]
    [InlineData("big", "1.5", false)]
    [InlineData("yes", "true", true)]
    [InlineData("no", "false", true)]
    [InlineData("no", "False", false)]
    [InlineData("nothing", "null", false)]
    [InlineData("groups", "dev", true)]
    [InlineData("groups", "3", true)]
    [InlineData("groups", "deep", false)]
    [InlineData("groups", "b", false)]
    [InlineData("none", "x", false)]
    [InlineData("realm_access", "roles", false)]
    [InlineData("/realm_access/roles", "user", true)]
    [InlineData("/realm_access/roles/0", "admin", true)]
    [InlineData("/realm_access/roles/00", "admin", false)]
    [InlineData("/realm_access/roles/2", "admin", false)]
    [InlineData("/realm_access/roles/-", "admin", false)]
    [InlineData("/realm_access/roles/-1", "user", false)]
    [InlineData("/a~1b/c~0d", "odd", true)]
    [InlineData("/list/1/id", "second", true)]
    [InlineData("/repository/x", "org/infra", false)]
    [InlineData("/", "org/infra", false)]
    [InlineData("https://x.example/claim", "long", true)]
    [InlineData("half", "x", false)]
    public void A_claim_is_what_a_condition_says_or_not(string claim, string value, bool holds)
    {
        using var claims = JsonDocument.Parse(Claims);
        Assert.Equal(holds, ClaimConditions.Hold([Equal(claim, value)], claims.RootElement));
        Assert.Equal(holds, ClaimConditions.Hold([new() { Claim = claim, OneOf = ["another", value] }], claims.RootElement));
        Assert.Equal(holds, ClaimConditions.Hold([new() { Claim = claim, Glob = value.Replace('o', '?') }], claims.RootElement));
    }

    [Fact]
    public void All_conditions_must_hold_and_none_is_not_enough()
    {
        using var claims = JsonDocument.Parse(Claims);
        Assert.True(ClaimConditions.Hold([Equal("run", "7"), Equal("yes", "true")], claims.RootElement));
        Assert.False(ClaimConditions.Hold([Equal("run", "7"), Equal("yes", "false")], claims.RootElement));
        Assert.False(ClaimConditions.Hold([], claims.RootElement));
    }

    public static TheoryData<string> Unreadable() =>
    [
        "[]", "[null]", "[{}]", """[{"claim":"a"}]""", """[{"equals":"a"}]""", """[{"claim":"","equals":"a"}]""",
        """[{"claim":"a","equals":"b","glob":"c"}]""", """[{"claim":"a","equals":"b","one_of":["c"]}]""", """[{"claim":"a","one_of":[]}]""",
        """[{"claim":"a","one_of":["b",null]}]""", """[{"claim":"a","one_of":[""]}]""", """[{"claim":"a","equals":""}]""", """[{"claim":"a","glob":""}]""",
        """[{"claim":"a","glob":"b\\"}]""", """[{"claim":"/a~","equals":"b"}]""", """[{"claim":"/a~2b","equals":"b"}]""", """[{"claim":"a","regex":".*"}]""",
        $$"""[{"claim":"a","glob":"{{new string('*', 21)}}"}]""", $$"""[{"claim":"{{new string('a', 257)}}","equals":"b"}]""",
        $$"""[{"claim":"a","equals":"{{new string('a', 257)}}"}]""",
        $"[{string.Join(',', Enumerable.Repeat("""{"claim":"a","equals":"b"}""", 21))}]",
        $$"""[{"claim":"a","one_of":[{{string.Join(',', Enumerable.Range(0, 51).Select(number => $"\"{number}\""))}}]}]""",
    ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Conditions_that_cannot_be_read_are_refused(string conditions)
    {
        var read = JsonSerializer.Deserialize(conditions, Contracts.MedatarunJson.Context.IReadOnlyListClaimCondition)!;
        Assert.Equal("bad_condition", ClaimConditions.Check(read)?.Definition.Code);
    }
}
