using System.Text.Encodings.Web;
using System.Text.Json;
using Medatarun.Contracts;

namespace Medatarun.Host.Serving;

/// <summary>Tells the administrator at the terminal how to make the first account. It goes to standard output and to no file.</summary>
internal static class BootstrapAnnouncement
{
    private static readonly string Ruler = new('=', 80);

    /// <summary>The text, between rulers.</summary>
    /// <param name="secret">This start's secret.</param>
    /// <param name="url">Where the server can be reached.</param>
    /// <param name="isDefaultUrl">Whether the command line looks there by itself.</param>
    public static string Text(Secret secret, Uri url, bool isDefaultUrl)
    {
        var address = url.AbsoluteUri.TrimEnd('/');
        var clear = secret.Reveal();
        var variable = isDefaultUrl ? string.Empty : $"MEDATARUN_PUBLIC_BASE_URL={ForShell(address)} ";
        var body = $$"""{"secret":{{ForJson(clear)}},"username":"admin","fullname":"Administrator","password":"<your password>"}""";
        return $"""
            {Ruler}
            BOOTSTRAP SECRET (one-time usage): {clear}

            There is no administrator yet. This secret makes the first one, until it is
            used or the server starts again. It cannot be used to sign in.

            PowerShell (asks for the password):
              Initialize-MedatarunAdmin -Url {address} -BootstrapSecret (ConvertTo-SecureString {ForPowerShell(clear)} -AsPlainText) -Credential admin

            Command line (asks for the password):
              {variable}medatarun auth admin_bootstrap --username=admin --fullname=Administrator --secret={ForShell(clear)}

            curl (put your password in):
              curl -X POST {ForShell(address + "/api/auth/admin_bootstrap")} -H 'Content-Type: application/json' -d {ForShell(body)}
            {Ruler}

            """;
    }

    private static string ForShell(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string ForPowerShell(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string ForJson(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
