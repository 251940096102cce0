using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Operations;

namespace Medatarun.Client;

/// <summary>
/// A server's address and, once signed in, a token for it. Immutable and safe across threads: signing in makes a
/// new connection and leaves this one as it was.
/// </summary>
public sealed class MedatarunConnection
{
    private readonly OperationSender sender;
    private readonly Secret? accessToken;

    private MedatarunConnection(OperationSender sender, Secret? accessToken, DateTimeOffset? expiresAt)
    {
        this.sender = sender;
        this.accessToken = accessToken;
        ExpiresAt = expiresAt;
    }

    /// <summary>Makes a connection. Nothing is sent yet.</summary>
    /// <param name="baseUrl">The server's address: <c>http://localhost:8080</c>. A path is kept.</param>
    /// <param name="options">How the connection behaves. Default: as <see cref="ConnectionOptions"/> says.</param>
    /// <exception cref="MedatarunException"><c>invalid_url</c>, or <c>insecure_url</c> for plain http to another machine.</exception>
    public MedatarunConnection(Uri baseUrl, ConnectionOptions? options = null)
        : this(new OperationSender(BaseAddress.Check(baseUrl, options ?? new()), options ?? new()), null, null)
    {
    }

    /// <summary>The server's address, with a slash at its end.</summary>
    public Uri BaseUrl => sender.BaseUrl;

    /// <summary>How the connection behaves.</summary>
    public ConnectionOptions Options => sender.Options;

    /// <summary>Whether the connection carries a token. The server may have ended it since.</summary>
    public bool HasToken => accessToken is not null;

    /// <summary>When the token expires (UTC); null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The same server with another token.</summary>
    /// <param name="token">The access token.</param>
    /// <param name="expiresAt">When it expires. Default: read from the token where it is a JSON Web Token.</param>
    public MedatarunConnection WithToken(Secret token, DateTimeOffset? expiresAt = null) =>
        new(sender, token, expiresAt ?? TokenExpiry.Read(token));

    /// <summary>The same server without a token.</summary>
    public MedatarunConnection WithoutToken() => new(sender, null, null);

    /// <summary>Signs in, and returns the connection that carries the new token.</summary>
    /// <param name="username">The username, or the e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException"><c>bad_credentials</c>, <c>throttled</c>, <c>server_unreachable</c>.</exception>
    public async Task<MedatarunConnection> SignInAsync(
        string username, Secret password, Action<RequestReport>? observe = null, CancellationToken cancellationToken = default)
    {
        var request = LoginRequest.Of(username, password);
        var answer = await WithoutToken().InvokeAsync(AuthOperations.Login, request, observe, cancellationToken).ConfigureAwait(false);
        return WithToken(answer.AccessToken, answer.ExpiresAt);
    }

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">One of the catalogue.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">The server refused, or could not be reached.</exception>
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation,
        TRequest request,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
        where TRequest : class
        where TResponse : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, operation.TypedRequestJson);
        var token = operation.Access.Kind == AccessKind.Public ? null : accessToken;
        var answer = await sender.SendAsync(operation.Group, operation.Name, body, token, observe, cancellationToken).ConfigureAwait(false);
        try
        {
            return JsonSerializer.Deserialize(answer, operation.TypedResponseJson)
                ?? throw new MedatarunException(ClientProblems.UnexpectedAnswer);
        }
        catch (JsonException exception)
        {
            throw new MedatarunException(ClientProblems.UnexpectedAnswer, inner: exception);
        }
    }

    /// <summary>Calls an operation by name, with JSON in and out: for operations that this version does not know.</summary>
    /// <param name="group">The group, <c>auth</c>.</param>
    /// <param name="name">The operation, <c>whoami</c>.</param>
    /// <param name="body">A JSON object in UTF-8; empty for <c>{}</c>.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer as it came, JSON in UTF-8.</returns>
    /// <exception cref="MedatarunException">The server refused, or could not be reached.</exception>
    public Task<byte[]> InvokeRawAsync(
        string group,
        string name,
        byte[] body,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
    {
        var isPublic = OperationCatalogue.Find(group, name)?.Access.Kind == AccessKind.Public;
        return sender.SendAsync(group, name, body, isPublic ? null : accessToken, observe, cancellationToken);
    }

    /// <summary>Whether the server answers at all; no token is needed.</summary>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException"><c>server_unreachable</c>, <c>request_timed_out</c>, <c>unexpected_answer</c>.</exception>
    public Task PingAsync(Action<RequestReport>? observe = null, CancellationToken cancellationToken = default) =>
        sender.PingAsync(observe, cancellationToken);
}
