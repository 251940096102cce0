using System.Text.Json;
using System.Text.Json.Serialization;

namespace Medatarun.Contracts;

/// <summary>Reads and writes a <see cref="Secret"/> as a JSON string.</summary>
public sealed class SecretJsonConverter : JsonConverter<Secret>
{
    /// <inheritdoc/>
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? new Secret(reader.GetString()!) : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(value.Reveal());
    }
}
