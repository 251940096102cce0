using System.Management.Automation;
using Medatarun.Client;
using Medatarun.Contracts.Auth;
using Medatarun.Contracts.Problems;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Creates service accounts: actors without a password, for runbooks and pipelines.</summary>
[Cmdlet(VerbsCommon.New, "MedatarunServiceAccount", SupportsShouldProcess = true)]
[OutputType(typeof(MedatarunServiceAccount))]
[MedatarunOperation("auth/service_account_create")]
public sealed class NewMedatarunServiceAccountCommand : ConnectedCmdlet
{
    /// <summary>The name; it never changes, and no user has it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string Name { get; set; } = string.Empty;

    /// <summary>What the account is for. Default: the name.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? FullName { get; set; }

    /// <summary>The username of the person who answers for it. Default: whoever is signed in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(UserNameCompleter))]
    public string? Owner { get; set; }

    /// <summary>The role. Default: the one that is assigned automatically, else none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(RoleCompleter))]
    public string? Role { get; set; }

    /// <summary>Returns the service account that has the name already, unchanged, instead of an error.</summary>
    [Parameter]
    public SwitchParameter IfNotExists { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!ShouldProcess(Name, "Create service account"))
        {
            return;
        }

        try
        {
            WriteObject(new MedatarunServiceAccount(Create()));
        }
        catch (MedatarunException exception)
        {
            Report(exception, Name);
        }
    }

    private ActorInfo Create()
    {
        try
        {
            return Invoke(ActorOperations.ServiceAccountCreate, new ServiceAccountCreateRequest
            {
                Name = Name,
                Fullname = NullIfEmpty(FullName),
                Owner = NullIfEmpty(Owner),
                Role = NullIfEmpty(Role),
            });
        }
        catch (MedatarunException taken) when (IfNotExists && taken.Code == ProblemCatalogue.UserAlreadyExists.Code)
        {
            if (Invoke(ActorOperations.ServiceAccountList, new()).FirstOrDefault(known => known.Subject == Name) is { } account)
            {
                return account;
            }

            // The name is a user's, or one that is not given out again: that is the reason to tell.
            throw;
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
