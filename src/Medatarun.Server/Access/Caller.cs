using System.Collections.Frozen;
using Medatarun.Contracts.Operations;
using Medatarun.Server.External;

namespace Medatarun.Server.Access;

/// <summary>Who calls, and what they may do, as the store had it at one moment.</summary>
internal sealed record Caller
{
    private FrozenSet<string> held = FrozenSet<string>.Empty;

    /// <summary>Nobody in particular.</summary>
    public static Caller Anonymous { get; } = new()
    {
        ActorId = Guid.Empty, Credential = default, Issuer = "", Subject = "", Fullname = "", Roles = [], Groups = [], Permissions = [],
    };

    public required Guid ActorId { get; init; }

    /// <summary>What proved who calls.</summary>
    public required Credential Credential { get; init; }

    /// <summary>What the token said that proved it, when it was one of another issuer; null otherwise.</summary>
    public ExternalToken? External { get; init; }

    /// <summary>Whether they call with a session that a token of another issuer was exchanged for.</summary>
    public bool IsExchanged { get; init; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public required string Fullname { get; init; }

    public string? Email { get; init; }

    /// <summary>Every role, also through groups.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Every permission, implied ones too, in the order in which they are shown.</summary>
    public required IReadOnlyList<string> Permissions
    {
        get;
        init
        {
            field = value;
            held = value.ToFrozenSet(StringComparer.Ordinal);
        }
    }

    public bool IsAnonymous => ActorId == Guid.Empty;

    public bool IsAdmin => Holds(PermissionKeys.Admin);

    public bool Holds(string permission) => held.Contains(permission);
}
