using System.Collections;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Medatarun.Contracts;
using Medatarun.Contracts.Operations;

namespace Medatarun.Client.Tests.Contracts;

/// <summary>JSON with every member set, made from the metadata of a type.</summary>
internal static class Samples
{
    /// <summary>What every secret of a sample holds.</summary>
    public const string Secret = "sentinel-secret-4711";

    /// <summary>Every type that crosses the wire, by name.</summary>
    public static IReadOnlyDictionary<string, JsonTypeInfo> Types { get; } = OperationCatalogue.All
        .SelectMany(operation => new[] { operation.RequestJson, operation.ResponseJson })
        .Append(MedatarunJson.Context.ProblemDocument)
        .DistinctBy(type => type.Type)
        .ToDictionary(type => type.Type.IsGenericType ? "list of " + type.Type.GetGenericArguments()[0].Name : type.Type.Name);

    public static JsonNode Of(Type type)
    {
        var known = Nullable.GetUnderlyingType(type) ?? type;
        return known == typeof(string) ? "Zoë"
            : known == typeof(Secret) ? Secret
            : known == typeof(bool) ? true
            : known == typeof(int) || known == typeof(long) ? 7
            : known == typeof(DateTimeOffset) ? "2026-11-22T10:00:00+00:00"
            : typeof(IEnumerable).IsAssignableFrom(known) ? OfCollection(known)
            : OfObject(MedatarunJson.Context.GetTypeInfo(known)
                ?? throw new InvalidOperationException($"{known} is not in the JSON context."));
    }

    public static bool HoldsSecret(JsonTypeInfo type) => type.Properties.Any(property => property.PropertyType == typeof(Secret));

    private static JsonObject OfObject(JsonTypeInfo type)
    {
        var json = new JsonObject();
        foreach (var property in type.Properties.Where(property => property.Get is not null))
        {
            json[property.Name] = Of(property.PropertyType);
        }

        return json;
    }

    private static JsonNode OfCollection(Type type)
    {
        var arguments = type.GetGenericArguments();
        return arguments.Length == 2
            ? new JsonObject { ["member"] = Of(arguments[1]) }
            : new JsonArray(Of(arguments[0]), Of(arguments[0]));
    }
}
