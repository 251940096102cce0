using Medatarun.Contracts;
using Medatarun.Contracts.State;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.External;
using Medatarun.Server.Passwords;

namespace Medatarun.Server;

/// <summary>How a server is set up.</summary>
public sealed class MedatarunServerOptions
{
    /// <summary>The folder of the database; made if missing, readable by its owner alone. Must be set.</summary>
    public string DataPath { get; set; } = "";

    /// <summary>The <c>iss</c> of tokens and the issuer of local users. Default: <c>urn:medatarun:internal</c>.</summary>
    public string Issuer { get; set; } = "urn:medatarun:internal";

    /// <summary>The <c>aud</c> of tokens. Default: <c>medatarun</c>.</summary>
    public string Audience { get; set; } = "medatarun";

    /// <summary>How long an access token lives: 1 minute to 1 day, whole seconds. Default: 1 hour.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a session that can be refreshed goes on without a refresh: 5 minutes to 1 year, whole seconds. Default: 30 days.
    /// </summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long a session that can be refreshed goes on at all: 5 minutes to 1 year, whole seconds. Default: 90 days.
    /// </summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How old the keys of a trusted issuer get before they are fetched again: 10 seconds to 1 day, whole seconds. Default: 10 minutes.
    /// </summary>
    public TimeSpan JwksCacheDuration { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The one-time secret of the first administrator, at least 20 characters. Default: made at each start.</summary>
    public Secret? BootstrapSecret { get; set; }

    /// <summary>
    /// Loads the state that a server starts with that has nobody yet: document and passwords. Not called where there is somebody.
    /// Default: it starts empty.
    /// </summary>
    public Func<StateApplyRequest>? InitialState { get; set; }

    /// <summary>Whether people can make their own accounts. Default: they cannot.</summary>
    public RegistrationMode Registration { get; set; } = RegistrationMode.Closed;

    /// <summary>The address under which clients reach the server. Default: the address of each request.</summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>
    /// PBKDF2-HMAC-SHA512 iterations of new password hashes: 220,000 to 10,000,000. Default: 220,000. Hashes of fewer are upgraded at
    /// the next sign-in.
    /// </summary>
    public int PasswordIterations { get; set; } = PasswordHash.DefaultIterations;

    /// <summary>How password hashes are computed. Default: <see cref="PasswordHashing.Auto"/>.</summary>
    public PasswordHashing PasswordHashing { get; set; }

    /// <summary>
    /// Issuers whose tokens are accepted beside our own; those of the operations come on top. Names, issuers and authorities are unique.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<TrustedIssuerOptions> TrustedIssuers { get; set; } = [];

    /// <summary>Lets tests that make thousands of users do it with fewer iterations; nothing outside the product can.</summary>
    internal bool AllowsWeakHashes { get; set; }

    /// <summary>How many hashes are computed at once. Tests that are about waiting set it to 0.</summary>
    internal int HashQueueWidth { get; set; } = Environment.ProcessorCount;

    /// <summary>How many hashes may wait for a processor.</summary>
    internal int HashQueueLength { get; set; } = HashQueue.DefaultLength;

    internal string DatabaseFile => Path.Combine(DataPath, "medatarun.db");

    /// <exception cref="MedatarunStartException">A value is missing or out of range.</exception>
    internal void Check()
    {
        Require(DataPath.Length > 0, "The data folder must be set.");
        Require(Issuer.Length is > 0 and <= 200, "The issuer of tokens must have 1 to 200 characters.");
        Require(Audience.Length is > 0 and <= 200, "The audience of tokens must have 1 to 200 characters.");
        Require(
            AccessTokenLifetime >= TimeSpan.FromMinutes(1) && AccessTokenLifetime <= TimeSpan.FromDays(1),
            "The lifetime of access tokens must be between 60 and 86400 seconds.");
        Require(IsSessionLifetime(RefreshTokenLifetime), "The lifetime of refresh tokens must be between 300 and 31536000 seconds.");
        Require(IsSessionLifetime(SessionLifetime), "The lifetime of sessions must be between 300 and 31536000 seconds.");
        Require(
            JwksCacheDuration >= TimeSpan.FromSeconds(10) && JwksCacheDuration <= TimeSpan.FromDays(1),
            "The cache duration of issuers' keys must be between 10 and 86400 seconds.");
        Require(
            BootstrapSecret is null || BootstrapSecret.Reveal().Length >= BootstrapSecretHolder.MinLength,
            $"The bootstrap secret must have at least {BootstrapSecretHolder.MinLength} characters.");
        CheckPasswords();
        ConfiguredIssuers.Check(this);
    }

    private static bool IsSessionLifetime(TimeSpan lifetime) =>
        lifetime >= TimeSpan.FromMinutes(5) && lifetime <= TimeSpan.FromDays(365);

    private void CheckPasswords() => Require(
        (PasswordIterations >= PasswordHash.DefaultIterations || AllowsWeakHashes) && PasswordIterations <= PasswordHash.MaxIterations,
        $"The iterations of password hashes must be between {PasswordHash.DefaultIterations} and {PasswordHash.MaxIterations}.");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new MedatarunStartException(message);
        }
    }
}
