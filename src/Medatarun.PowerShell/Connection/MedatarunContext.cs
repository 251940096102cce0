using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Connection;

/// <summary>
/// A sign-in at a server: where, who, and until when. Immutable and safe in every runspace. The token is inside, where
/// neither formatting nor serialization finds it, so a context that was exported and read again connects to nothing.
/// </summary>
public sealed class MedatarunContext
{
    internal MedatarunContext(MedatarunConnection client, ConnectionSource source, WhoAmIResponse? who)
    {
        Client = client;
        Names = new NameCache(client);
        Origin = source;
        UserName = who?.Username;
        FullName = who?.Fullname;
        Type = who?.Type;
        Roles = new NameList(who?.Roles ?? []);
    }

    /// <summary>The server's address.</summary>
    public Uri Url => Client.BaseUrl;

    /// <summary>The username; null for a sign-in from the environment that was not looked up.</summary>
    public string? UserName { get; }

    /// <summary>The full name; null as <see cref="UserName"/>.</summary>
    public string? FullName { get; }

    /// <summary><c>Operator</c> for an administrator, else <c>User</c>; null as <see cref="UserName"/>.</summary>
    public string? Type { get; }

    /// <summary>The roles at sign-in.</summary>
    public NameList Roles { get; }

    /// <summary>When the token expires (UTC); null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt => Client.ExpiresAt;

    /// <summary>
    /// Where the sign-in came from: <c>Credential</c>, <c>AccessToken</c>, <c>Bootstrap</c> or <c>Environment</c>; of a token that was exchanged,
    /// <c>FederatedToken</c>, <c>TokenVariable</c>, <c>TokenFile</c>, <c>GitLabCI</c>, <c>GitHubActions</c>, <c>AzureDevOps</c> or <c>Kubernetes</c>.
    /// </summary>
    public string Source => Origin.ToString();

    /// <summary>As <see cref="Source"/>.</summary>
    internal ConnectionSource Origin { get; }

    /// <summary>The connection with the token.</summary>
    internal MedatarunConnection Client { get; }

    /// <summary>Names for completion.</summary>
    internal NameCache Names { get; }

    /// <summary>Who, and where.</summary>
    public override string ToString() => UserName is null ? Url.ToString() : $"{UserName} @ {Url}";
}
