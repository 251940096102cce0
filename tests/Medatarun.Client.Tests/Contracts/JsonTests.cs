using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;

namespace Medatarun.Client.Tests.Contracts;

public sealed class JsonTests
{
    private static MedatarunJsonContext Json => MedatarunJson.Context;

    public static TheoryData<string> TypeNames() => [.. Samples.Types.Keys];

    public static TheoryData<string, string, string> Aliases() =>
    [
        .. from operation in OperationCatalogue.All
           from member in operation.Members
           where member.Alias is not null
           select (operation.ToString(), member.Name, member.Alias),
    ];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Everything_on_the_wire_survives_reading_and_writing(string typeName)
    {
        var type = Samples.Types[typeName];
        var sent = Samples.Of(type.Type);

        var read = JsonSerializer.Deserialize(sent.ToJsonString(), type)!;
        var written = JsonNode.Parse(JsonSerializer.Serialize(read, type));

        Assert.True(JsonNode.DeepEquals(sent, written), $"sent {sent.ToJsonString()}, got {written!.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_member_that_appears_twice_is_refused(string typeName)
    {
        var type = Samples.Types[typeName];
        if (Samples.Of(type.Type) is not JsonObject { Count: > 0 } sample)
        {
            return;
        }

        var first = sample.First();
        var twice = $"{{{JsonValue.Create(first.Key).ToJsonString()}:{first.Value!.ToJsonString()},{sample.ToJsonString()[1..]}";

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(twice, type));
    }

    [Theory]
    [MemberData(nameof(Aliases))]
    public void A_second_name_of_a_member_is_accepted(string operationName, string name, string alias)
    {
        var operation = OperationCatalogue.All.Single(one => one.ToString() == operationName);
        var member = operation.Members.Single(one => one.Name == name);

        var request = JsonSerializer.Deserialize(new JsonObject { [alias] = "given" }.ToJsonString(), operation.RequestJson)!;

        Assert.Equal("given", member.Get(request) is Secret secret ? secret.Reveal() : member.Get(request));
        Assert.DoesNotContain(alias, JsonSerializer.Serialize(request, operation.RequestJson), StringComparison.Ordinal);
    }

    [Fact]
    public void The_old_and_the_new_spelling_of_a_password_change_are_both_read()
    {
        var camel = JsonSerializer.Deserialize("""{"oldPassword":"a","newPassword":"b"}""", Json.ChangeMyPasswordRequest);
        var snake = JsonSerializer.Deserialize("""{"old_password":"a","new_password":"b"}""", Json.ChangeMyPasswordRequest);

        Assert.Equal(camel, snake);
        Assert.Equal(("a", "b"), (snake!.OldPassword!.Reveal(), snake.NewPassword!.Reveal()));
    }

    [Fact]
    public void Unknown_members_are_ignored_and_null_is_the_same_as_missing()
    {
        var bare = JsonSerializer.Deserialize("""{"username":"a"}""", Json.UserUpdateRequest);
        var padded = JsonSerializer.Deserialize(
            """{"unknown":{"deep":[1]},"username":"a","fullname":null,"groups":null,"role":null}""", Json.UserUpdateRequest);

        Assert.Equal(bare, padded);
    }

    [Fact]
    public void An_empty_list_is_not_the_same_as_a_missing_one() => Assert.Empty(
        JsonSerializer.Deserialize("""{"username":"a","groups":[]}""", Json.UserUpdateRequest)!.Groups!);

    [Theory]
    [InlineData("""{"Username":"a"}""")]
    [InlineData("""{"USERNAME":"a"}""")]
    public void Names_of_members_are_case_sensitive(string json) =>
        Assert.Null(JsonSerializer.Deserialize(json, Json.UserReference)!.Username);

    [Theory]
    [InlineData("""{"username":1}""")]
    [InlineData("""{"username":{}}""")]
    [InlineData("""{"username":"a","password":1}""")]
    [InlineData("""{"username":"a","admin":"true"}""")]
    [InlineData("""{"groups":"a"}""")]
    [InlineData("""{"username":"a",}""")]
    [InlineData("""{"username":"a"} x""")]
    [InlineData("""{"username":"a"}{"username":"b"}""")]
    [InlineData("""// {"username":"a"}""")]
    [InlineData("{'username':'a'}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void What_is_not_the_expected_object_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, Json.UserCreateRequest));

    [Fact]
    public void Nesting_is_read_to_a_depth_and_refused_beyond_it()
    {
        Assert.NotNull(JsonSerializer.Deserialize(Nested(MedatarunJson.MaxDepth), Json.LoginRequest));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(Nested(MedatarunJson.MaxDepth + 1), Json.LoginRequest));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(Nested(100_000), Json.LoginRequest));
    }

    [Fact]
    public void Names_of_any_script_are_written_readably() => Assert.Contains(
        "Zoë 李小龙 O’Hara", JsonSerializer.Serialize(new UserReference { Username = "Zoë 李小龙 O’Hara" }, Json.UserReference), StringComparison.Ordinal);

    // The object itself is the first level.
    private static string Nested(int depth) =>
        "{\"unknown\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
}
