using System.Text.Json.Serialization;

namespace Medatarun.Contracts.Auth;

/// <summary>What a token is, for a service that was given it (RFC 7662 §2.2). Of one that is not active, nothing but that.</summary>
public sealed record TokenIntrospectResponse
{
    /// <summary>A token that is not active, for whatever reason.</summary>
    public static TokenIntrospectResponse Inactive { get; } = new() { Active = false };

    /// <summary>Whether the token is accepted now.</summary>
    public required bool Active { get; init; }

    /// <summary>The permissions, separated by spaces.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    /// <summary>Always <c>Bearer</c>: how the token is used (RFC 6749 §5.1).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenType { get; init; }

    /// <summary>Who issued it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Iss { get; init; }

    /// <summary>For whom it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Aud { get; init; }

    /// <summary>The id of whoever it stands for, as in the token's own claims.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sub { get; init; }

    /// <summary>Their username.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Username { get; init; }

    /// <summary>When it expires, in seconds since 1970; absent for never.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Exp { get; init; }

    /// <summary>The session; absent for an API token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sid { get; init; }

    /// <summary>Their first role at this moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Role { get; init; }

    /// <summary>Their groups at this moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Groups { get; init; }
}
