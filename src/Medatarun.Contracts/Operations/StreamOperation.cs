using System.Text.Json.Serialization.Metadata;

namespace Medatarun.Contracts.Operations;

/// <summary>
/// An operation over rows: one JSON object a line comes in (<c>application/x-ndjson</c>), one a line goes out, and the request that every
/// operation has stands in the query string.
/// </summary>
/// <typeparam name="TRequest">What is said of all rows.</typeparam>
/// <typeparam name="TRow">A row that comes in.</typeparam>
/// <typeparam name="TResult">A row that goes out.</typeparam>
public sealed class StreamOperation<TRequest, TRow, TResult> : Operation
    where TRequest : class
    where TRow : class
    where TResult : class
{
    internal StreamOperation(
        string group,
        string name,
        string summary,
        JsonTypeInfo<TRequest> request,
        JsonTypeInfo<TRow> row,
        JsonTypeInfo<TResult> result)
        : base(group, name, summary)
    {
        TypedRequestJson = request;
        TypedRowJson = row;
        TypedResultJson = result;
    }

    /// <summary>The most rows of one call.</summary>
    public required int MaxRows { get; init; }

    /// <summary>The longest row, in bytes.</summary>
    public required int MaxRowBytes { get; init; }

    /// <summary>How the request is read and written.</summary>
    public JsonTypeInfo<TRequest> TypedRequestJson { get; }

    /// <summary>How a row that comes in is read and written.</summary>
    public JsonTypeInfo<TRow> TypedRowJson { get; }

    /// <summary>How a row that goes out is read and written.</summary>
    public JsonTypeInfo<TResult> TypedResultJson { get; }

    /// <inheritdoc/>
    public override JsonTypeInfo RequestJson => TypedRequestJson;

    /// <summary>How one line of the answer is read and written.</summary>
    public override JsonTypeInfo ResponseJson => TypedResultJson;

    /// <inheritdoc/>
    public override JsonTypeInfo RowJson => TypedRowJson;
}
