using System.Collections.Frozen;
using Medatarun.Contracts.Operations;
using Medatarun.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>Every operation of the catalogue, by the names it can be called with.</summary>
internal sealed class OperationEndpoints
{
    private readonly FrozenDictionary<string, OperationEndpoint> byName;

    /// <exception cref="InvalidOperationException">An operation of the catalogue is not implemented.</exception>
    public OperationEndpoints(IEnumerable<OperationEndpoint> endpoints)
    {
        var byOperation = endpoints.ToDictionary(endpoint => endpoint.Operation);
        byName = OperationCatalogue.All
            .SelectMany(operation => operation.Aliases.Append(operation.Name).Select(name => (Key: $"{operation.Group}/{name}", operation)))
            .ToFrozenDictionary(
                pair => pair.Key,
                pair => byOperation.TryGetValue(pair.operation, out var endpoint)
                    ? endpoint
                    : throw new InvalidOperationException($"{pair.operation} is declared and not implemented."),
                StringComparer.Ordinal);
    }

    public OperationEndpoint this[Operation operation] => byName[operation.ToString()];

    /// <summary><c>/api/{group}/{operation}</c>.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var group = (string?)context.Request.RouteValues["group"];
        var name = (string?)context.Request.RouteValues["operation"];
        return byName.TryGetValue($"{group}/{name}", out var endpoint)
            ? endpoint.InvokeAsync(context)
            : ProblemWriter.WriteAsync(context, ProblemCatalogue.OperationNotFound);
    }
}
