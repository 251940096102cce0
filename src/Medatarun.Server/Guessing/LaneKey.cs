using System.Security.Cryptography;
using System.Text;
using Medatarun.Contracts.Problems;

namespace Medatarun.Server.Guessing;

/// <summary>Whose failures are counted together; see docs/decisions/0009-guessing.md.</summary>
internal sealed record LaneKey
{
    private const int LimitOfStrangers = 50;
    private const int LimitOfKnownSource = 10;

    private LaneKey(string text, Guid? actor, int limit, ProblemDefinition failure) =>
        (Text, ActorId, Limit, Failure) = (text, actor, limit, failure);

    /// <summary>The key in the store.</summary>
    public string Text { get; }

    /// <summary>The user it belongs to; null for a name that is nobody's.</summary>
    public Guid? ActorId { get; }

    /// <summary>After so many failures in a row it is closed for good. NIST SP 800-63B-4 §3.2.2: 100 for all ways into an account.</summary>
    public int Limit { get; }

    /// <summary>What an operation answers to a wrong guess.</summary>
    public ProblemDefinition Failure { get; }

    /// <summary>Everybody who signs in to an account from a source that it is not known from.</summary>
    public static LaneKey Strangers(Guid user) => new($"user:{user}", user, LimitOfStrangers, ProblemCatalogue.BadCredentials);

    /// <summary>A source from which the account was signed in to.</summary>
    public static LaneKey Known(Guid user, string source) =>
        new($"user:{user}@{source}", user, LimitOfKnownSource, ProblemCatalogue.BadCredentials);

    /// <summary>Who is signed in and guesses the password that is to be changed.</summary>
    public static LaneKey OldPassword(Guid user) => new($"old:{user}", user, LimitOfKnownSource, ProblemCatalogue.BadOldPassword);

    /// <summary>A name that is nobody's. What was submitted may be long, or somebody's password typed into the wrong box: only its hash is kept.</summary>
    public static LaneKey Name(string submitted) => new(
        "name:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(submitted.ToLowerInvariant()))),
        null, LimitOfStrangers, ProblemCatalogue.BadCredentials);
}
