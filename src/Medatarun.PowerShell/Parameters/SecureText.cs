using System.Net;
using System.Security;
using Medatarun.Contracts;

namespace Medatarun.PowerShell.Parameters;

/// <summary>Between PowerShell's secrets and the client's.</summary>
internal static class SecureText
{
    /// <summary>The secret in clear, for the request that is about to be sent.</summary>
    public static Secret Reveal(SecureString text) => new(new NetworkCredential(string.Empty, text).Password);

    /// <summary>Hides a text again.</summary>
    public static SecureString Hide(string text)
    {
        var hidden = new SecureString();
        foreach (var character in text)
        {
            hidden.AppendChar(character);
        }

        hidden.MakeReadOnly();
        return hidden;
    }
}
