using Medatarun.Client;
using Medatarun.PowerShell.Objects;

namespace Medatarun.PowerShell.Importing;

/// <summary>Where the results of an import go: the streams of a cmdlet.</summary>
internal interface IUserImportOutput
{
    /// <summary>A row was done.</summary>
    /// <param name="user">What became of it.</param>
    void Write(MedatarunImportedUser user);

    /// <summary>A row was refused.</summary>
    /// <param name="problem">Why.</param>
    /// <param name="row">The row, without secrets.</param>
    void Fail(MedatarunException problem, object row);

    /// <summary>Some time has passed.</summary>
    void ShowProgress();
}
