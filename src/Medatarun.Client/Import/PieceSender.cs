using System.Diagnostics;
using System.Net.Http.Headers;
using Medatarun.Contracts;
using Medatarun.Contracts.Import;
using Medatarun.Contracts.Problems;

namespace Medatarun.Client.Import;

/// <summary>Sends one piece of an import and reads its answer while it comes.</summary>
/// <param name="sender">How requests are sent.</param>
/// <param name="path">The path with its query.</param>
/// <param name="observe">Told of the request.</param>
internal sealed class PieceSender(OperationSender sender, string path, Action<RequestReport>? observe)
{
    private const string MediaType = "application/x-ndjson";

    private static readonly string Route = "/api/" + ImportOperations.UserImport;

    /// <summary>Sends a piece; its results have all come when this completes.</summary>
    /// <exception cref="MedatarunException">The server refused, could not be reached, or its answer broke off.</exception>
    public async Task<int> SendAsync(ImportPiece piece, Secret? token, CancellationToken cancellationToken)
    {
        using var request = sender.Request(HttpMethod.Post, path, MediaType, token);
        request.Content = new ReadOnlyMemoryContent(piece.Body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType);
        // Not the whole, which takes as long as its hashes, but each silence in it has an end.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(sender.Options.Timeout);
        var started = Stopwatch.GetTimestamp();
        var status = 0;
        string? requestId = null;
        try
        {
            using var response = await OperationSender.BeginAsync(request, patience.Token).ConfigureAwait(false);
            status = (int)response.StatusCode;
            requestId = response.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null;
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType is not MediaType)
            {
                throw sender.Refusal(response, await response.Content.ReadAsByteArrayAsync(patience.Token).ConfigureAwait(false));
            }

            var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            await using var disposal = body.ConfigureAwait(false);
            return await ReadAsync(piece, new AnswerLines(body), patience).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw sender.TimedOut(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw sender.Unreachable(exception);
        }
        finally
        {
            observe?.Invoke(new RequestReport("POST", Route, status, Stopwatch.GetElapsedTime(started), requestId));
        }
    }

    private async Task<int> ReadAsync(ImportPiece piece, AnswerLines lines, CancellationTokenSource patience)
    {
        for (var answered = 0; await lines.NextAsync(patience.Token).ConfigureAwait(false) is { } result; answered++)
        {
            patience.CancelAfter(sender.Options.Timeout);
            if (result.Summary is not null)
            {
                return result.Code is null ? Whole(piece, answered) : throw EndedEarly(result);
            }

            // An answer that is out of step would be shown with the wrong row.
            if (result.Row != answered + 1 || answered == piece.Rows)
            {
                throw new MedatarunException(ClientProblems.UnexpectedAnswer);
            }

            piece.Results.Writer.TryWrite(result with { Row = piece.Before + result.Row });
        }

        throw new MedatarunException(
            ClientProblems.UnexpectedAnswer, "The answer broke off. Rows without a result may have been imported or not; import them again to find out.");
    }

    private static int Whole(ImportPiece piece, int answered) =>
        answered == piece.Rows ? answered : throw new MedatarunException(ClientProblems.UnexpectedAnswer);

    private static MedatarunException EndedEarly(UserImportResult last) => new(new ProblemDocument
    {
        Code = last.Code, Detail = last.Detail, Status = ProblemCatalogue.Find(last.Code)?.Status ?? 0,
    });
}
