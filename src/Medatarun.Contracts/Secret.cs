using System.Text.Json.Serialization;

namespace Medatarun.Contracts;

/// <summary>
/// A value that must not be printed: a password, a token, the bootstrap secret. It travels as a plain JSON
/// string, but <see cref="ToString"/> hides it, so that logs, exceptions and record output never show it.
/// </summary>
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret : IEquatable<Secret>
{
    /// <summary>What every secret prints as.</summary>
    public const string Redacted = "***";

    private readonly string value;

    /// <summary>Wraps a secret.</summary>
    /// <param name="value">The clear text.</param>
    public Secret(string value) => this.value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Whether the secret has no characters.</summary>
    public bool IsEmpty => value.Length == 0;

    /// <summary>The clear text. Call it where the secret is used, and nowhere else.</summary>
    public string Reveal() => value;

    /// <summary>Wraps <paramref name="value"/>, or returns <see langword="null"/> for <see langword="null"/>.</summary>
    /// <param name="value">The clear text, or null.</param>
    public static Secret? From(string? value) => value is null ? null : new Secret(value);

    /// <summary>Never the value.</summary>
    public override string ToString() => Redacted;

    /// <summary>Ordinal equality of the clear texts. Not constant in time: compare hashes where an attacker can measure.</summary>
    public bool Equals(Secret? other) => other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(value);
}
