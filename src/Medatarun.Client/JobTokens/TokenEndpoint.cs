using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Medatarun.Contracts;

namespace Medatarun.Client.JobTokens;

/// <summary>Asks a platform for a job's token: over https or on this machine, once, and not for long.</summary>
/// <param name="http">Sends the request; null for one that follows no redirect and reads no more than a token's length.</param>
/// <param name="patience">The longest it may take.</param>
internal sealed class TokenEndpoint(HttpClient? http, TimeSpan patience)
{
    private static readonly Lazy<HttpClient> SharedHttp = new(() => new HttpClient(new SocketsHttpHandler
    {
        // A redirect would carry the job's own token to wherever it points.
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 64 * 1024,
    });

    /// <summary>Asks.</summary>
    /// <exception cref="MedatarunException"><c>federated_token_unavailable</c>, <c>insecure_url</c>.</exception>
    public async Task<Secret> AskAsync(TokenQuestion question, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        var address = Check(question);
        using var request = new HttpRequestMessage(question.Method, address);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {question.Bearer.Reveal()}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (question.Method == HttpMethod.Post)
        {
            // Azure DevOps answers a bad token with a page to sign in at, unless it is told not to.
            request.Headers.Add("X-TFS-FedAuthRedirect", "Suppress");
            request.Content = new ByteArrayContent([]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        var (status, answer) = await SendAsync(request, address, observe, cancellationToken).ConfigureAwait(false);
        return status == HttpStatusCode.OK && Read(answer, question.Member) is { } token
            ? token
            : throw Unavailable(address, $"answered {(int)status}{(status == HttpStatusCode.OK ? " without a token" : string.Empty)}");
    }

    private static Uri Check(TokenQuestion question)
    {
        if (!Uri.TryCreate(question.Address, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw new MedatarunException(ClientProblems.InvalidUrl, $"{question.Variable} holds no absolute https address.");
        }

        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw new MedatarunException(
                ClientProblems.InsecureUrl, $"{question.Variable} names plain http at {address.Host}, which would send tokens in clear.");
        }

        return question.Bearer.Reveal().All(character => character is > ' ' and <= '~')
            ? address
            : throw Unavailable(address, "was not asked: the token to ask with holds characters that no token has");
    }

    private async Task<(HttpStatusCode Status, byte[] Answer)> SendAsync(
        HttpRequestMessage request, Uri address, Action<RequestReport>? observe, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        var started = Stopwatch.GetTimestamp();
        var status = 0;
        try
        {
            using var response = await (http ?? SharedHttp.Value).SendAsync(request, timeout.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(address, $"did not answer within {patience.TotalSeconds:0.#} seconds", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable(address, $"gave no answer: {exception.Message}", exception);
        }
        finally
        {
            // The path is the platform's business, and may say more of the job than is wanted in a log.
            observe?.Invoke(new RequestReport(
                request.Method.Method, address.GetLeftPart(UriPartial.Authority), status, Stopwatch.GetElapsedTime(started), RequestId: null));
        }
    }

    private static Secret? Read(byte[] answer, string member)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(member, out var value)
                && value.ValueKind == JsonValueKind.String
                && value.GetString() is { Length: > 0 } token
                    ? new Secret(token)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MedatarunException Unavailable(Uri address, string what, Exception? inner = null) => new(
        ClientProblems.FederatedTokenUnavailable, $"{address.GetLeftPart(UriPartial.Authority)}, asked for the job's token, {what}.", inner);
}
