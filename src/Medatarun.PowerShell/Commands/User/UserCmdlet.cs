using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Commands;

/// <summary>What the cmdlets about users share.</summary>
public abstract class UserCmdlet : ConnectedCmdlet
{
    /// <summary>Names a user in a request: a username is never a UUID, since it has at most 32 characters.</summary>
    /// <param name="identity">A username or an id.</param>
    private protected static UserReference Reference(string identity) =>
        IsId(identity) ? new UserReference { Id = identity } : new UserReference { Username = identity };

    /// <summary>Whether a text is an id rather than a username.</summary>
    /// <param name="identity">A username or an id.</param>
    private protected static bool IsId(string identity) => Guid.TryParseExact(identity, "D", out _);

    /// <summary>Writes the user as it is now.</summary>
    /// <param name="identity">A username or an id.</param>
    private protected void WriteUser(string identity)
    {
        if (TryInvoke(identity, AuthOperations.UserGet, Reference(identity), out var user))
        {
            WriteObject(new MedatarunUser(user));
        }
    }
}
