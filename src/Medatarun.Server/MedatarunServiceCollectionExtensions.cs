using Medatarun.Server.Access;
using Medatarun.Server.Bootstrap;
using Medatarun.Server.External;
using Medatarun.Server.Guessing;
using Medatarun.Server.Http;
using Medatarun.Server.Http.OAuth;
using Medatarun.Server.Import;
using Medatarun.Server.Operations;
using Medatarun.Server.Passwords;
using Medatarun.Server.Passwords.Lanes;
using Medatarun.Server.Sessions;
using Medatarun.Server.State;
using Medatarun.Server.Storage;
using Medatarun.Server.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Medatarun.Server;

/// <summary>Adds the server to an ASP.NET Core application.</summary>
public static class MedatarunServiceCollectionExtensions
{
    /// <summary>
    /// Adds the server. It starts with the host; <see cref="MedatarunServer"/> can be started earlier, to say what is wrong
    /// before a port is taken. A <see cref="TimeProvider"/> that is already there is used.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; at least the data path.</param>
    public static IServiceCollection AddMedatarun(this IServiceCollection services, Action<MedatarunServerOptions> configure)
    {
        var options = new MedatarunServerOptions();
        configure(options);
        services.AddSingleton(options);
        services.AddRouting();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RandomSource>();

        services.AddSingleton<StoreHolder>();
        services.AddSingleton<CallerCache>();
        services.AddSingleton<CallerResolver>();
        services.AddSingleton<LastSeen>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<ApiTokenLookup>();
        services.TryAddSingleton(_ => new KeyFetcher(KeyFetcher.CreateHandler()));
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<ExternalTokenVerifier>();
        services.AddSingleton<ExternalCallers>();
        services.AddSingleton<TokenValidator>();
        services.AddSingleton<BootstrapSecretHolder>();
        services.AddSingleton<CommonPasswords>();
        services.AddSingleton<PasswordPolicy>();
        services.TryAddSingleton(_ => new HashEngine(() => new LaneSet()));
        services.AddSingleton(provider => new HashQueue(
            provider.GetRequiredService<HashEngine>(), options.HashQueueWidth, options.HashQueueLength, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HashStrength>();
        services.AddSingleton(provider => new PasswordHasher(
            provider.GetRequiredService<HashQueue>(), provider.GetRequiredService<RandomSource>(), options.PasswordIterations));
        services.AddSingleton<GuessGuard>();
        services.AddSingleton<SourceLimit>();
        services.AddSingleton<PutOffLog>();
        services.AddSingleton<RecentDurations>();
        services.AddSingleton<PreciseDelay>();
        services.AddSingleton<GuardedPasswords>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<RefreshAnswerSweep>();
        services.AddSingleton<StatePasswords>();
        services.AddSingleton<InitialState>();
        services.AddSingleton(_ => new HashWindow(HashWindow.SizeFor(options)));
        services.AddSingleton<RowPreparation>();
        services.AddSingleton<OperationPipeline>();
        services.AddSingleton<OperationEndpoints>();
        services.AddSingleton<ProblemMiddleware>();
        services.AddSingleton<ResourceRoutes>();
        services.AddSingleton<GrantType, RefreshTokenGrant>();
        services.AddSingleton<GrantType, TokenExchangeGrant>();
        services.AddSingleton<GrantType, JwtBearerGrant>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<OAuthEndpoints>();
        services.AddSingleton<WellKnownDocuments>();
        services.AddOperations();

        services.AddSingleton(provider => new MedatarunServer(
            options,
            provider.GetRequiredService<StoreHolder>(),
            provider.GetRequiredService<SigningKeys>(),
            provider.GetRequiredService<CallerCache>(),
            provider.GetRequiredService<BootstrapSecretHolder>(),
            provider.GetRequiredService<InitialState>(),
            provider.GetRequiredService<RandomSource>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<MedatarunServer>());
        services.AddHostedService(provider => provider.GetRequiredService<HashStrength>());
        // Started after the server and stopped before it, so that what it stores finds an open store.
        services.AddHostedService(provider => provider.GetRequiredService<LastSeen>());
        services.AddHostedService(provider => provider.GetRequiredService<RefreshAnswerSweep>());
        return services;
    }
}
