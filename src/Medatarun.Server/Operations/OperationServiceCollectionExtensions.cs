using System.Diagnostics.CodeAnalysis;
using Medatarun.Server.Http;
using Medatarun.Server.Http.Streams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    public static void AddStream<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler, TRequest, TRow, TResult>(
        this IServiceCollection services)
        where THandler : StreamHandler<TRequest, TRow, TResult>
        where TRequest : class
        where TRow : class
        where TResult : class
    {
        services.AddSingleton<THandler>();
        services.AddSingleton<OperationEndpoint>(provider => new StreamEndpoint<TRequest, TRow, TResult>(
            provider.GetRequiredService<THandler>(),
            provider.GetRequiredService<OperationPipeline>(),
            provider.GetRequiredService<IHostApplicationLifetime>()));
    }
}
