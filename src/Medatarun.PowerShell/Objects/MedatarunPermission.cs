using System.Diagnostics.CodeAnalysis;
using Medatarun.Contracts.Auth;

namespace Medatarun.PowerShell.Objects;

/// <summary>A permission. Its properties are named like the parameters of the cmdlet that registers permissions.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a permission, and no code access permission of old.")]
public sealed class MedatarunPermission
{
    internal MedatarunPermission(PermissionInfo permission)
    {
        Key = permission.Key;
        Description = permission.Description;
        Category = permission.Category;
        Managed = permission.Managed;
        Implies = new NameList(permission.Implies);
    }

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>What it allows; empty for nothing said.</summary>
    public string Description { get; }

    /// <summary>What it belongs to.</summary>
    public string Category { get; }

    /// <summary>Whether it is the product's own, and cannot be changed.</summary>
    public bool Managed { get; }

    /// <summary>Every permission that comes with it, directly or through another.</summary>
    public NameList Implies { get; }

    /// <summary>The key.</summary>
    public override string ToString() => Key;
}
