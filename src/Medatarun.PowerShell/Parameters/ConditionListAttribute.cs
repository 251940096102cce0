using System.Collections;
using System.Management.Automation;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Parameters;

/// <summary>
/// Makes conditions of those of a rule: objects with Claim and one of EqualTo, OneOf and Glob, also deserialized ones, or the JSON that a
/// CSV file has of them. What cannot be read fails, and is never left out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConditionListAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : new ClaimConditionList(Parse(text)),
        ClaimConditionList conditions => conditions,
        IEnumerable list and not IDictionary => new ClaimConditionList([.. list.Cast<object?>().SelectMany(Read)]),
        _ => new ClaimConditionList(Read(inputData)),
    };

    private static ClaimCondition[] Read(object? item) => PipelineValue.Unwrap(item) switch
    {
        MedatarunClaimCondition condition => [ClaimConditions.Of(condition)],
        string text => [.. Parse(text)],
        IDictionary table => [Fields(name => table[name])],
        null => throw Unreadable(),
        _ => [Fields(name => PSObject.AsPSObject(item).Properties[name]?.Value)],
    };

    private static ClaimCondition Fields(Func<string, object?> field) => new()
    {
        Claim = Text(field("Claim")) ?? throw Unreadable(),
        EqualTo = Text(field("EqualTo")),
        OneOf = field("OneOf") is { } values ? Texts(values) : null,
        Glob = Text(field("Glob")),
    };

    private static string? Text(object? value) => PipelineValue.Unwrap(value) switch
    {
        null => null,
        string text => text,
        _ => throw Unreadable(),
    };

    // One text would be one value or several that were joined: which, nobody can say.
    private static IReadOnlyList<string> Texts(object values) => PipelineValue.Unwrap(values) is IEnumerable list and not string
        ? [.. list.Cast<object?>().Select(value => Text(value) ?? throw Unreadable())]
        : throw new ArgumentTransformationMetadataException("OneOf is a list of values. Give ConvertTo-Json more -Depth if it made one text of it.");

    private static IReadOnlyList<ClaimCondition> Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, MedatarunJson.Context.IReadOnlyListClaimCondition) ?? throw Unreadable();
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    private static ArgumentTransformationMetadataException Unreadable() => new(
        "A condition is an object with Claim and one of EqualTo, OneOf and Glob; as text, a list in JSON: "
        + """[{"claim":"repository","equals":"org/infra"}].""");
}
