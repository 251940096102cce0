using Medatarun.Contracts;

namespace Medatarun.Client.JobTokens;

/// <summary>How a platform is asked for a job's token.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="variable">The environment variable that the address is from, for people.</param>
/// <param name="address">The address.</param>
/// <param name="bearer">The token that the job asks with.</param>
/// <param name="member">The member of the answer that is the job's token.</param>
internal sealed class TokenQuestion(HttpMethod method, string variable, string address, string bearer, string member)
{
    public HttpMethod Method => method;

    public string Variable => variable;

    public string Address => address;

    public Secret Bearer { get; } = new(bearer);

    public string Member => member;

    /// <summary>The same, with one more parameter in the address, which may have some already.</summary>
    public TokenQuestion With(string name, string value) => new(
        method, variable, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}",
        bearer, member);
}
