using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A role: a named bag of permissions. Its properties are named like the parameters of the cmdlets that make and change roles.</summary>
public sealed class MedatarunRole
{
    internal MedatarunRole(RoleInfo role)
    {
        Key = role.Key;
        DisplayName = role.Name;
        Description = role.Description;
        Managed = role.Managed;
        AutoAssign = role.AutoAssign;
        Permissions = new NameList(role.Permissions);
        ImpliedPermissions = new NameList(role.ImpliedPermissions);
        CreatedAt = role.CreatedAt;
        Id = role.Id;
    }

    /// <summary>The key, by which the role is referred to.</summary>
    public string Key { get; }

    /// <summary>The name for people.</summary>
    public string DisplayName { get; }

    /// <summary>What the role is for; empty for nothing.</summary>
    public string Description { get; }

    /// <summary>Whether the role is the product's own and cannot be changed.</summary>
    public bool Managed { get; }

    /// <summary>Whether new actors get the role by themselves.</summary>
    public bool AutoAssign { get; }

    /// <summary>The permissions that were put into the role.</summary>
    public NameList Permissions { get; }

    /// <summary>The permissions that come with those.</summary>
    public NameList ImpliedPermissions { get; }

    /// <summary>When the role was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>The id (UUID).</summary>
    public string Id { get; }

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
