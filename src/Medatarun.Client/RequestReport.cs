namespace Medatarun.Client;

/// <summary>One request that was made, for verbose output. Carries no secret.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without a query string.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="RequestId">The server's id of the request; null when there was no answer.</param>
public sealed record RequestReport(string Method, string Path, int Status, TimeSpan Elapsed, string? RequestId)
{
    /// <summary>One line: method, path, status, milliseconds, request id.</summary>
    public override string ToString() =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Method} {Path} {Status} {Elapsed.TotalMilliseconds:0} ms {RequestId}").TrimEnd();
}
