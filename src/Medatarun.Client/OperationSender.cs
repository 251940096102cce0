using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Medatarun.Contracts;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client;

/// <summary>Sends requests: time-out, bounded retries when the server puts a request off, and problems as exceptions.</summary>
internal sealed class OperationSender(Uri baseUrl, ConnectionOptions options)
{
    private const long MaxAnswerBytes = 64L * 1024 * 1024;

    // One pool of connections for the process, as HttpClient wants it. It holds no state of ours.
    private static readonly Lazy<HttpClient> SharedHttp = new(() => new HttpClient(new SocketsHttpHandler
    {
        // A redirect would carry the token to wherever it points.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(15),
    })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    });

    public Uri BaseUrl { get; } = baseUrl;

    public ConnectionOptions Options { get; } = options;

    public async Task<byte[]> SendAsync(
        string group, string name, byte[] body, Secret? token, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        var path = $"api/{Segment(group)}/{Segment(name)}";
        return await WithRetriesAsync(
            () => SendOnceAsync(HttpMethod.Post, path, body, token, observe, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends, and sends again what the server put off, as often and as late as the options say.</summary>
    /// <param name="send">Sends once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> WithRetriesAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await send().ConfigureAwait(false);
            }
            catch (MedatarunException refusal) when (Delay(refusal, attempt) is not null)
            {
                await Task.Delay(Delay(refusal, attempt)!.Value, Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends a request and returns as soon as its answer begins.</summary>
    public static Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SharedHttp.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>A request with the headers that all have.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the server's address.</param>
    /// <param name="mediaType">What is accepted.</param>
    /// <param name="token">The access token, if any.</param>
    public HttpRequestMessage Request(HttpMethod method, string path, string mediaType, Secret? token)
    {
        var request = new HttpRequestMessage(method, new Uri(BaseUrl, path));
        request.Headers.UserAgent.ParseAdd(Options.UserAgent);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {HeaderText(token)}");
        }

        return request;
    }

    public Task PingAsync(Action<RequestReport>? observe, CancellationToken cancellationToken) =>
        SendOnceAsync(HttpMethod.Get, "health", null, null, observe, cancellationToken);

    /// <summary>The failure of a server that takes too long.</summary>
    public MedatarunException TimedOut(Exception inner) => new(
        ClientProblems.RequestTimedOut,
        $"{BaseUrl.GetLeftPart(UriPartial.Authority)} did not answer within {Options.Timeout.TotalSeconds:0.#} seconds.",
        inner);

    /// <summary>The failure of a connection that cannot be made, or broke.</summary>
    public MedatarunException Unreachable(Exception inner) => new(
        ClientProblems.ServerUnreachable, $"{BaseUrl.GetLeftPart(UriPartial.Authority)} cannot be reached: {inner.Message}", inner);

    // 429 and 503 say that nothing was done, so that another try cannot do it twice.
    private TimeSpan? Delay(MedatarunException refusal, int attempt) =>
        refusal.Status is 429 or 503
        && refusal.RetryAfter is { } delay
        && delay <= Options.MaxRetryDelay
        && attempt < Options.MaxRetries
            ? delay
            : null;

    private async Task<byte[]> SendOnceAsync(
        HttpMethod method, string path, byte[]? body, Secret? token, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        using var request = Request(method, path, "application/json", token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Options.Timeout);
        var started = Stopwatch.GetTimestamp();
        var status = 0;
        string? requestId = null;
        try
        {
            using var response = await SharedHttp.Value.SendAsync(request, timeout.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null;
            var answer = await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode && IsJson(response) ? answer : throw Refusal(response, answer);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new MedatarunException(
                ClientProblems.UnexpectedAnswer, $"The answer is larger than {MaxAnswerBytes / (1024 * 1024)} MiB.", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
        finally
        {
            observe?.Invoke(new RequestReport(method.Method, "/" + path, status, Stopwatch.GetElapsedTime(started), requestId));
        }
    }

    // A relative segment would lead out of the operations, to wherever else the host serves; escaping does not help.
    private static string Segment(string name) =>
        name is "." or ".."
            ? throw new MedatarunException(ProblemCatalogue.OperationNotFound with { Status = 0 })
            : Uri.EscapeDataString(name);

    // A line break in a token, as a file's end has one, would begin another header.
    private static string HeaderText(Secret token) =>
        token.Reveal().All(character => character is > ' ' and <= '~')
            ? token.Reveal()
            : throw new MedatarunException(
                ProblemCatalogue.InvalidToken with { Status = 0 }, "The access token holds characters that no token has.");

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "application/json";

    /// <summary>What an answer that is no success says.</summary>
    public MedatarunException Refusal(HttpResponseMessage response, byte[] answer)
    {
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => Max(date - Options.TimeProvider.GetUtcNow(), TimeSpan.Zero),
            _ => (TimeSpan?)null,
        };
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            try
            {
                if (JsonSerializer.Deserialize(answer, MedatarunJson.Context.ProblemDocument) is { Code: not null } problem)
                {
                    // RFC 9457 §3.1.2: the member is advisory, the answer's own status counts.
                    return new MedatarunException(problem with { Status = (int)response.StatusCode }, retryAfter);
                }
            }
            catch (JsonException)
            {
                // Not a problem of ours; said below.
            }
        }

        return new MedatarunException(
            ClientProblems.UnexpectedAnswer,
            $"{BaseUrl.GetLeftPart(UriPartial.Authority)} answered {(int)response.StatusCode}, but not as a Medatarun server does.");
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
