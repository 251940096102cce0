namespace Medatarun.Server.Groups;

/// <summary>A group as stored.</summary>
internal sealed record GroupRow(string Id, string Key, string Description, DateTimeOffset CreatedAt);
