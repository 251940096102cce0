using System.Text.Json.Serialization;
using Medatarun.Contracts.Operations;

namespace Medatarun.Contracts.Auth;

/// <summary>Changes the caller's own password.</summary>
public sealed record ChangeMyPasswordRequest
{
    /// <summary>The password until now.</summary>
    [JsonPropertyName("oldPassword")]
    [Member("Your password until now.", Required = true, Alias = "old_password")]
    public Secret? OldPassword { get; init; }

    /// <summary>The password from now on.</summary>
    [JsonPropertyName("newPassword")]
    [Member("Your password from now on.", Required = true, Alias = "new_password")]
    public Secret? NewPassword { get; init; }

    /// <summary>The second name of <see cref="OldPassword"/>.</summary>
    [JsonPropertyName("old_password")]
    public Secret? OldPasswordAlias { init => OldPassword ??= value; }

    /// <summary>The second name of <see cref="NewPassword"/>.</summary>
    [JsonPropertyName("new_password")]
    public Secret? NewPasswordAlias { init => NewPassword ??= value; }
}
