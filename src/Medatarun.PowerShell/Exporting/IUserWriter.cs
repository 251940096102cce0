using Medatarun.Contracts.Import;

namespace Medatarun.PowerShell.Exporting;

/// <summary>Writes users into a file, one after another.</summary>
internal interface IUserWriter : IDisposable
{
    /// <summary>Writes a user.</summary>
    /// <param name="user">The user.</param>
    void Write(UserImportRow user);
}
