namespace Medatarun.Client;

/// <summary>How a connection behaves.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Allows plain http to other machines than this one. Default: false.</summary>
    public bool AllowInsecure { get; init; }

    /// <summary>The longest one request may take. Default: 100 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request that the server put off (429, 503) is tried again. Default: 4.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The longest single wait before another try; a server that asks for more is not waited for. Default: 10 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Names the program in the server's log. Default: <c>medatarun-client</c>.</summary>
    public string UserAgent { get; init; } = "medatarun-client";
}
