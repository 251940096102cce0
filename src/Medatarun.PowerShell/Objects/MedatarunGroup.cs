using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A group: a named set of users and service accounts, which may carry roles.</summary>
public sealed class MedatarunGroup
{
    internal MedatarunGroup(GroupInfo group)
    {
        Key = group.Key;
        Description = group.Description;
        Roles = new NameList(group.Roles);
        MemberCount = group.MemberCount;
        CreatedAt = group.CreatedAt;
        Id = group.Id;
    }

    /// <summary>The key, by which the group is referred to.</summary>
    public string Key { get; }

    /// <summary>What the group is for; empty for nothing.</summary>
    public string Description { get; }

    /// <summary>The roles that every member has.</summary>
    public NameList Roles { get; }

    /// <summary>How many members it has.</summary>
    public int MemberCount { get; }

    /// <summary>When the group was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
