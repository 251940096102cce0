using Medatarun.Contracts.Auth;
using Medatarun.Server.Operations;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http.OAuth;

/// <summary>One thing that the token endpoint exchanges for tokens.</summary>
internal abstract class GrantType(string name)
{
    /// <summary>The value of <c>grant_type</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What the answer says that it issued (RFC 8693 §2.2.1). Default: nothing, because it needs no saying.</summary>
    public virtual string? IssuedTokenType => null;

    /// <summary>Runs the operation that the parameters stand for.</summary>
    public abstract ValueTask<Outcome<SignInResponse>> ExchangeAsync(HttpContext context, OAuthForm form);
}
