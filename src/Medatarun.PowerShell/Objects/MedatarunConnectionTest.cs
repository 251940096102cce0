namespace Medatarun.PowerShell.Objects;

/// <summary>What Test-MedatarunConnection found out.</summary>
public sealed class MedatarunConnectionTest
{
    internal MedatarunConnectionTest(bool success, string? reason, string? detail, Uri? url, string? userName)
    {
        Success = success;
        Reason = reason;
        Detail = detail;
        Url = url;
        UserName = userName;
    }

    /// <summary>Whether the server answers and accepts the sign-in.</summary>
    public bool Success { get; }

    /// <summary>
    /// Why not: <c>NotConnected</c>, <c>InvalidToken</c>, <c>TokenExpired</c>, <c>ServerUnreachable</c>, or another error id;
    /// null on success.
    /// </summary>
    public string? Reason { get; }

    /// <summary>The reason as a sentence; null on success.</summary>
    public string? Detail { get; }

    /// <summary>The server's address; null when there is no connection.</summary>
    public Uri? Url { get; }

    /// <summary>Who is signed in; null when nobody.</summary>
    public string? UserName { get; }
}
