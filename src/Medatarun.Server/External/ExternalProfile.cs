using System.Text.Json;
using Medatarun.Server.Tokens;
using Medatarun.Server.Users;

namespace Medatarun.Server.External;

/// <summary>What an external token says its subject is called: shown, and asked for nothing else.</summary>
internal readonly record struct ExternalProfile(string Fullname, string? Email)
{
    // For a subject in whose name there is no letter that a full name may have.
    private const string Nameless = "External identity";

    public static ExternalProfile Of(ExternalToken token)
    {
        using var claims = JsonDocument.Parse(token.Claims);
        string?[] candidates = [Text(claims, TokenClaims.Name), Text(claims, TokenClaims.PreferredUsername), token.Subject];
        var fullname = candidates.Select(candidate => candidate is null ? null : FullName.Cleaned(candidate)).FirstOrDefault(name => name is not null);
        return new ExternalProfile(fullname?.Value ?? Nameless, EmailOf(Text(claims, TokenClaims.Email)));
    }

    private static string? EmailOf(string? text) =>
        text is null || EmailAddress.Parse(text).Failed(out _, out var email) ? null : email.Value;

    private static string? Text(JsonDocument claims, string name) =>
        claims.RootElement.TryGetProperty(name, out var value) ? JsonText.Of(value) : null;
}
