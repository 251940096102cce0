namespace Medatarun.Contracts.Operations;

/// <summary>Who may call an operation.</summary>
/// <param name="Kind">Everyone, everyone signed in, or holders of <paramref name="Permission"/>.</param>
/// <param name="Permission">The permission that is needed; null unless <paramref name="Kind"/> asks for one.</param>
public sealed record Access(AccessKind Kind, string? Permission = null)
{
    /// <summary>Anyone, also without a token. A token that is sent is not looked at.</summary>
    public static Access Public { get; } = new(AccessKind.Public);

    /// <summary>Any caller with a valid token.</summary>
    public static Access SignedIn { get; } = new(AccessKind.SignedIn);

    /// <summary>Callers that hold a permission.</summary>
    /// <param name="permission">A key of <see cref="PermissionKeys"/>.</param>
    public static Access Requires(string permission) => new(AccessKind.Permission, permission);
}
