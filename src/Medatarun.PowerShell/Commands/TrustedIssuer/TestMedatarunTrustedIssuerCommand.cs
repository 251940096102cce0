using System.Management.Automation;
using System.Security;
using Medatarun.Contracts.Auth;
using Medatarun.PowerShell.Objects;
using Medatarun.PowerShell.Parameters;

namespace Medatarun.PowerShell.Commands;

/// <summary>Says whether a token of another issuer would be accepted, and why not. Never the token.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MedatarunTrustedIssuer")]
[OutputType(typeof(MedatarunTrustedIssuerTest), typeof(bool))]
[MedatarunOperation("auth/issuer_test")]
public sealed class TestMedatarunTrustedIssuerCommand : ConnectedCmdlet
{
    /// <summary>The token.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [SecretText]
    public SecureString Token { get; set; } = new();

    /// <summary>Returns true or false alone.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = new TokenExchangeRequest { Token = SecureText.Reveal(Token) };
        if (TryInvoke(target: null, IssuerOperations.IssuerTest, request, out var answer))
        {
            WriteObject(Quiet ? answer.Accepted : new MedatarunTrustedIssuerTest(answer));
        }
    }
}
