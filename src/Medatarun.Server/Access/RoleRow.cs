namespace Medatarun.Server.Access;

/// <summary>A role as stored.</summary>
internal sealed record RoleRow(string Id, string Key, string Name, string Description, bool Managed, bool AutoAssign, DateTimeOffset CreatedAt);
