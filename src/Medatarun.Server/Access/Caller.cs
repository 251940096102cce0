using System.Collections.Frozen;
using Medatarun.Contracts.Operations;

namespace Medatarun.Server.Access;

/// <summary>Who calls, and what they may do, as the store had it at one moment.</summary>
internal sealed record Caller
{
    /// <summary>Nobody in particular.</summary>
    public static Caller Anonymous { get; } = new()
    {
        ActorId = Guid.Empty, SessionId = Guid.Empty, Issuer = "", Subject = "", Fullname = "", Roles = [],
    };

    public required Guid ActorId { get; init; }

    public required Guid SessionId { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required string Fullname { get; init; }

    public string? Email { get; init; }

    public required IReadOnlyList<string> Roles
    {
        get;
        init
        {
            field = value;
            Permissions = value.Contains(RoleKeys.Admin) ? AllPermissions : FrozenSet<string>.Empty;
        }
    }

    public FrozenSet<string> Permissions { get; private init; } = FrozenSet<string>.Empty;

    public bool IsAnonymous => ActorId == Guid.Empty;

    public bool IsAdmin => Permissions.Contains(PermissionKeys.Admin);

    private static readonly FrozenSet<string> AllPermissions = PermissionKeys.All.ToFrozenSet(StringComparer.Ordinal);
}
