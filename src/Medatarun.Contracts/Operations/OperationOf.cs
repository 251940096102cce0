using System.Text.Json.Serialization.Metadata;

namespace Medatarun.Contracts.Operations;

/// <summary>An operation with its request and answer.</summary>
/// <typeparam name="TRequest">What is sent.</typeparam>
/// <typeparam name="TResponse">What is answered.</typeparam>
public sealed class Operation<TRequest, TResponse> : Operation
    where TRequest : class
    where TResponse : class
{
    private readonly JsonTypeInfo<TRequest> request;
    private readonly JsonTypeInfo<TResponse> response;

    internal Operation(
        string group, string name, string summary, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        : base(group, name, summary)
    {
        this.request = request;
        this.response = response;
    }

    /// <summary>How requests are read and written.</summary>
    public JsonTypeInfo<TRequest> TypedRequestJson => request;

    /// <summary>How answers are read and written.</summary>
    public JsonTypeInfo<TResponse> TypedResponseJson => response;

    /// <inheritdoc/>
    public override JsonTypeInfo RequestJson => request;

    /// <inheritdoc/>
    public override JsonTypeInfo ResponseJson => response;
}
