using System.Security;
using Medatarun.Contracts;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Objects;

/// <summary>
/// What became of a row of an import. A generated password is there only now, as a SecureString, and is left out when the object is serialized.
/// </summary>
public sealed class MedatarunImportedUser
{
    private readonly Secret? generated;

    internal MedatarunImportedUser(int row, string userName, string status, string? id, Secret? generated)
    {
        Row = row;
        UserName = userName;
        Status = status;
        Id = id;
        this.generated = generated;
        Password = generated is null ? null : SecureText.Hide(generated.Reveal());
    }

    /// <summary>The number of the row, from 1, without headers and empty lines.</summary>
    public int Row { get; }

    /// <summary>The username.</summary>
    public string UserName { get; }

    /// <summary><c>Created</c>, <c>Updated</c>, or <c>Existing</c> where nothing was changed. In a dry run: what it would be.</summary>
    public string Status { get; }

    /// <summary>The id (UUID); null in a dry run.</summary>
    public string? Id { get; }

    /// <summary>The password that was generated for a user who was created; null for everybody else, since nobody keeps it.</summary>
    public SecureString? Password { get; }

    /// <summary>The password that was generated, in clear, to be handed over; null where <see cref="Password"/> is.</summary>
    public string? RevealPassword() => generated?.Reveal();

    /// <summary>The username.</summary>
    public override string ToString() => UserName;
}
