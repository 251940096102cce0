using Microsoft.AspNetCore.Http;

namespace Medatarun.Server.Http;

/// <summary>Where clients reach this server: as configured, else as the request did.</summary>
internal static class BaseAddress
{
    /// <summary>The address, without a slash at its end.</summary>
    public static string Of(HttpRequest request, MedatarunServerOptions options) =>
        (options.PublicBaseUrl?.AbsoluteUri ?? $"{request.Scheme}://{request.Host}{request.PathBase}").TrimEnd('/');
}
