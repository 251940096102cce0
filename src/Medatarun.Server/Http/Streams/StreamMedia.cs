namespace Medatarun.Server.Http.Streams;

/// <summary>How rows travel.</summary>
internal static class StreamMedia
{
    /// <summary>One JSON object a line.</summary>
    public const string Type = "application/x-ndjson";
}
