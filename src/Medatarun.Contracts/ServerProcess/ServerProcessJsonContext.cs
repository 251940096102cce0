using System.Text.Json.Serialization;

namespace Medatarun.Contracts.ServerProcess;

/// <summary>JSON metadata of what a server and the PowerShell that starts it tell each other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ServerState))]
[JsonSerializable(typeof(ManagedStart))]
public sealed partial class ServerProcessJsonContext : JsonSerializerContext;
