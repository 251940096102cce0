using System.Diagnostics.CodeAnalysis;
using Medatarun.Server.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Medatarun.Server.Operations;

/// <summary>Registers an operation's implementation.</summary>
internal static class OperationServiceCollectionExtensions
{
    public static void AddOperation<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, TRequest, TResponse>(
        this IServiceCollection services)
        where THandler : OperationHandler<TRequest, TResponse>
        where TRequest : class
        where TResponse : class
    {
        services.AddSingleton<THandler>();
        services.AddSingleton<OperationEndpoint>(provider => new OperationEndpoint<TRequest, TResponse>(
            provider.GetRequiredService<THandler>(), provider.GetRequiredService<OperationPipeline>()));
    }
}
