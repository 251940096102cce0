using System.Text.Json.Serialization.Metadata;

namespace Medatarun.Contracts.Operations;

/// <summary>Reads the members of a request type from its JSON metadata, without reflection that trimming could break.</summary>
internal static class OperationMembers
{
    public static IReadOnlyList<OperationMember> Of(JsonTypeInfo request)
    {
        var members = new List<OperationMember>(request.Properties.Count);
        foreach (var property in request.Properties)
        {
            // A property without a description of its own is the second name of another one.
            if (property.Get is { } get && Attribute(property) is { } attribute)
            {
                members.Add(new OperationMember(
                    property.Name,
                    attribute.Description,
                    attribute.Required,
                    Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
                    attribute.Alias,
                    get));
            }
        }

        return members;
    }

    private static MemberAttribute? Attribute(JsonPropertyInfo property) =>
        property.AttributeProvider?
            .GetCustomAttributes(typeof(MemberAttribute), inherit: true)
            .OfType<MemberAttribute>()
            .SingleOrDefault();
}
