using System.Text.Json;
using System.Text.Json.Nodes;
using Medatarun.Server.Tests.Support;

namespace Medatarun.Server.Tests.State;

/// <summary>The operations about state, as tests call them.</summary>
internal static class StateCalls
{
    public static async Task<JsonObject> ExportAsync(this TestCaller caller)
    {
        var answer = await caller.PostAsync("/api/state/export", "{}");
        answer.Ok();
        return JsonNode.Parse(answer.Body)!.AsObject();
    }

    public static Task<TestAnswer> CompareAsync(this TestCaller caller, object document, bool prune = false) =>
        caller.PostAsync("/api/state/compare", JsonSerializer.Serialize(new { document, prune }));

    public static Task<TestAnswer> ApplyAsync(
        this TestCaller caller, object document, bool prune = false, string? expected = null, object? passwords = null) =>
        caller.PostAsync("/api/state/apply", JsonSerializer.Serialize(new { document, prune, expected, passwords }));

    /// <summary>What differs, a line each: <c>create role:help-desk</c>.</summary>
    public static string[] Differences(this TestAnswer answer) =>
        [.. answer.Ok().GetProperty("differences").EnumerateArray().Select(one => $"{one.GetProperty("action")} {one.GetProperty("kind")}:{one.GetProperty("name")}")];

    /// <summary>The members of a difference: <c>name: a -> b</c>.</summary>
    public static string[] Changes(this TestAnswer answer, int index = 0) =>
        [.. answer.Ok().GetProperty("differences")[index].GetProperty("changes").EnumerateArray()
            .Select(one => $"{one.GetProperty("member")}: {one.GetProperty("from")} -> {one.GetProperty("to")}")];

    /// <summary>The places of a refusal.</summary>
    public static string[] Places(this TestAnswer answer) => [.. answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name)];

    public static string Fingerprint(this TestAnswer answer) => answer.Ok().GetProperty("fingerprint").GetString()!;
}
