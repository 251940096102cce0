namespace Medatarun.PowerShell.Parameters;

/// <summary>Names a role or group in a request.</summary>
internal static class KeyReference
{
    /// <summary><c>id:</c> and the id, or <c>key:</c> and the key. What looks like a UUID is an id.</summary>
    /// <param name="identity">A key or an id.</param>
    public static string Of(string identity) => Guid.TryParseExact(identity, "D", out _) ? $"id:{identity}" : $"key:{identity}";
}
