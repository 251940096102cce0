namespace Medatarun.Server.Access;

/// <summary>How requests name a role or group: <c>id:…</c>, <c>key:…</c>, or a bare key.</summary>
internal static class ObjectReference
{
    private const string IdPrefix = "id:";
    private const string KeyPrefix = "key:";

    /// <summary>The column and the value to look for.</summary>
    public static (string Column, string Value) Parse(string reference) =>
        reference.StartsWith(IdPrefix, StringComparison.Ordinal) ? ("id", reference[IdPrefix.Length..].ToLowerInvariant())
        : reference.StartsWith(KeyPrefix, StringComparison.Ordinal) ? ("key", reference[KeyPrefix.Length..])
        : ("key", reference);
}
