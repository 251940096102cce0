using System.Text.Json;
using Medatarun.Client.Import;
using Medatarun.Contracts;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client;

/// <summary>
/// A server's address and, once signed in, a token for it. Immutable and safe across threads: signing in makes a
/// new connection and leaves this one as it was. One that signed in with offline access renews its token by itself, once for all
/// callers that wait, shortly before it expires.
/// </summary>
public sealed class MedatarunConnection
{
    private readonly OperationSender sender;
    private readonly TokenHolder? tokens;

    private MedatarunConnection(OperationSender sender, HeldTokens? held)
    {
        this.sender = sender;
        tokens = held is null ? null : new TokenHolder(held, new TokenExchange(sender.BaseUrl, sender.Options), sender.Options.TimeProvider);
    }

    /// <summary>Makes a connection. Nothing is sent yet.</summary>
    /// <param name="baseUrl">The server's address: <c>http://localhost:8080</c>. A path is kept.</param>
    /// <param name="options">How the connection behaves. Default: as <see cref="ConnectionOptions"/> says.</param>
    /// <exception cref="MedatarunException"><c>invalid_url</c>, or <c>insecure_url</c> for plain http to another machine.</exception>
    public MedatarunConnection(Uri baseUrl, ConnectionOptions? options = null)
        : this(new OperationSender(BaseAddress.Check(baseUrl, options ?? new()), options ?? new()), null)
    {
    }

    /// <summary>The server's address, with a slash at its end.</summary>
    public Uri BaseUrl => sender.BaseUrl;

    /// <summary>How the connection behaves.</summary>
    public ConnectionOptions Options => sender.Options;

    /// <summary>Whether the connection carries a token. The server may have ended it since.</summary>
    public bool HasToken => tokens is not null;

    /// <summary>When the token expires that the connection has at this moment (UTC); null when that is not known.</summary>
    public DateTimeOffset? ExpiresAt => tokens?.Current.ExpiresAt;

    /// <summary>The same server with another token, which is not renewed.</summary>
    /// <param name="token">The access token.</param>
    /// <param name="expiresAt">When it expires. Default: read from the token where it is a JSON Web Token.</param>
    public MedatarunConnection WithToken(Secret token, DateTimeOffset? expiresAt = null) =>
        new(sender, HeldTokens.Of(token, expiresAt));

    /// <summary>The same server with the tokens of a sign-in that was answered just now. A refresh token keeps it going.</summary>
    /// <param name="answer">What the server answered.</param>
    public MedatarunConnection WithSignIn(SignInResponse answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(sender, HeldTokens.Of(answer, Options.TimeProvider.GetUtcNow()));
    }

    /// <summary>The same server without a token.</summary>
    public MedatarunConnection WithoutToken() => new(sender, null);

    /// <summary>Signs in, and returns the connection that carries the new token.</summary>
    /// <param name="username">The username, or the e-mail address.</param>
    /// <param name="password">The password.</param>
    /// <param name="offlineAccess">Whether the connection renews its token by itself, for as long as the session may last. Default: true.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException"><c>bad_credentials</c>, <c>throttled</c>, <c>server_unreachable</c>.</exception>
    public async Task<MedatarunConnection> SignInAsync(
        string username,
        Secret password,
        bool offlineAccess = true,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
    {
        var request = LoginRequest.Of(username, password) with { OfflineAccess = offlineAccess ? true : null };
        return WithSignIn(await InvokeAsync(AuthOperations.Login, request, observe, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Exchanges a token of an issuer that the server trusts for a session, and returns the connection that carries it. It lasts an hour at
    /// most and is not renewed: afterwards another token is exchanged.
    /// </summary>
    /// <param name="token">The other issuer's token.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException"><c>invalid_token</c>, <c>token_expired</c>, <c>issuer_unavailable</c>, <c>server_unreachable</c>.</exception>
    public async Task<MedatarunConnection> ExchangeTokenAsync(
        Secret token, Action<RequestReport>? observe = null, CancellationToken cancellationToken = default)
    {
        var request = new TokenExchangeRequest { Token = token };
        return WithSignIn(await InvokeAsync(IssuerOperations.TokenExchange, request, observe, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">One of the catalogue.</param>
    /// <param name="request">What is sent.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">
    /// The server refused, or could not be reached. <c>token_expired</c> of a connection that renews itself says that its session is over.
    /// </exception>
    public async Task<TResponse> InvokeAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation,
        TRequest request,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default)
        where TRequest : class
        where TResponse : class
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, operation.TypedRequestJson);
        var isPublic = operation.Access.Kind == AccessKind.Public;
        var answer = await SendAsync(operation.Group, operation.Name, body, isPublic, observe, cancellationToken).ConfigureAwait(false);
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
        return SendAsync(group, name, body, isPublic, observe, cancellationToken);
    }

    /// <summary>Whether the server answers at all; no token is needed.</summary>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException"><c>server_unreachable</c>, <c>request_timed_out</c>, <c>unexpected_answer</c>.</exception>
    public Task PingAsync(Action<RequestReport>? observe = null, CancellationToken cancellationToken = default) =>
        sender.PingAsync(observe, cancellationToken);

    /// <summary>
    /// Imports users, and gives what became of each row in the order of the rows, numbered from 1. Rows go in pieces of at most 500 and
    /// 1 MiB, two at a time; no more of them is read than that, and whoever stops taking results stops the reading of rows.
    /// </summary>
    /// <param name="rows">The users. One that comes slowly is sent within a second of the row before it.</param>
    /// <param name="request">What is done with users who exist, and whether anything is kept. Default: skip them, and keep.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up. Rows without a result may have been imported or not: importing them again finds out.</param>
    /// <exception cref="MedatarunException">
    /// The server refused the whole, could not be reached, or its answer broke off: <c>permission_denied</c>, <c>server_unreachable</c>,
    /// <c>unexpected_answer</c>, <c>request_timed_out</c> when nothing came for as long as a request may take. Results that were given
    /// stand. A row that was refused is no exception but a result with the status <c>failed</c>.
    /// </exception>
    public IAsyncEnumerable<UserImportResult> ImportUsersAsync(
        IAsyncEnumerable<UserImportRow> rows,
        UserImportRequest? request = null,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default) =>
        new UserImport(sender, AuthorizedAsync, request ?? new(), observe).RunAsync(ImportLine.Of(rows, cancellationToken), cancellationToken);

    /// <summary>Imports users as <see cref="ImportUsersAsync(IAsyncEnumerable{UserImportRow}, UserImportRequest?, Action{RequestReport}?, CancellationToken)"/> does, from rows that are there already.</summary>
    /// <param name="rows">The users.</param>
    /// <param name="request">What is done with users who exist, and whether anything is kept. Default: skip them, and keep.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">The server refused the whole, could not be reached, or its answer broke off.</exception>
    public IAsyncEnumerable<UserImportResult> ImportUsersAsync(
        IEnumerable<UserImportRow> rows,
        UserImportRequest? request = null,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default) =>
        ImportUsersAsync(rows.ToAsyncEnumerable(), request, observe, cancellationToken);

    /// <summary>
    /// Imports users from lines of JSON as they are: what is no row is sent too, and fails with its number. Empty lines are none.
    /// </summary>
    /// <param name="lines">One JSON object each, in UTF-8, without the line's end.</param>
    /// <param name="request">What is done with users who exist, and whether anything is kept. Default: skip them, and keep.</param>
    /// <param name="observe">Told of each request that is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MedatarunException">The server refused the whole, could not be reached, or its answer broke off.</exception>
    public IAsyncEnumerable<UserImportResult> ImportUserLinesAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> lines,
        UserImportRequest? request = null,
        Action<RequestReport>? observe = null,
        CancellationToken cancellationToken = default) =>
        new UserImport(sender, AuthorizedAsync, request ?? new(), observe).RunAsync(ImportLine.Of(lines, cancellationToken), cancellationToken);

    private Task<byte[]> SendAsync(
        string group, string name, byte[] body, bool isPublic, Action<RequestReport>? observe, CancellationToken cancellationToken) =>
        isPublic
            ? sender.SendAsync(group, name, body, token: null, observe, cancellationToken)
            : AuthorizedAsync(token => sender.SendAsync(group, name, body, token, observe, cancellationToken), observe, cancellationToken);

    private async Task<T> AuthorizedAsync<T>(Func<Secret?, Task<T>> send, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        if (tokens is null)
        {
            return await send(null).ConfigureAwait(false);
        }

        var used = await tokens.FreshAsync(observe, cancellationToken).ConfigureAwait(false);
        try
        {
            return await send(used.AccessToken).ConfigureAwait(false);
        }
        catch (MedatarunException refusal) when (refusal.Code == ProblemCatalogue.TokenExpired.Code)
        {
            // The server's clock is another one. It has done nothing, so that the same request may be sent once more.
            if (await tokens.AfterExpiryAsync(used, observe, cancellationToken).ConfigureAwait(false) is not { } renewed)
            {
                throw;
            }

            return await send(renewed.AccessToken).ConfigureAwait(false);
        }
    }
}
